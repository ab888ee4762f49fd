export const id = 981;
export const ids = [981];
export const modules = {

/***/ 1981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   imageOrigin: () => (/* binding */ imageOrigin)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8249);
/* harmony import */ var _aws_briefly_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3934);
/* harmony import */ var _aws_pages_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2909);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);




const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined };
async function imageOrigin(clients, deadline, image, log) {
    const attempt = async (what, ask) => {
        try {
            return await (0,_aws_briefly_js__WEBPACK_IMPORTED_MODULE_2__/* .briefly */ .m)(deadline, ask);
        }
        catch (error) {
            log(`Not known of ${image.uri}: ${what} (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)})`);
            return undefined;
        }
    };
    const [managed, referrers] = await Promise.all([
        attempt('whether AWS signed it', (signal) => managedSignatures(clients, signal, image)),
        attempt('what refers to it', (signal) => listReferrers(clients, signal, image)),
    ]);
    const notations = referrers?.filter(({ type }) => type === NOTATION) ?? [];
    return {
        notes: [
            ...(managed ?? []),
            ...notations.map(({ digest }) => ({
                ...NOTED,
                kind: 'notation',
                what: 'Notation signature',
                by: undefined,
                detail: `${digest}: listed, neither verified nor trusted`,
            })),
        ],
        bundles: referrers?.filter(({ type }) => type === BUNDLE).length,
    };
}
async function managedSignatures(clients, abortSignal, { registry, repository, digest }) {
    const command = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_3__/* .DescribeImageSigningStatusCommand */ .feV({
        registryId: registry.account,
        repositoryName: repository,
        imageId: { imageDigest: digest },
    });
    const answer = await clients.ecr(registry).send(command, { abortSignal });
    return (answer.signingStatuses ?? []).map((status) => ({
        ...NOTED,
        kind: 'aws-signing',
        what: 'Managed signature (AWS Signer)',
        by: status.signingProfileArn,
        detail: [
            status.status ?? 'status unknown',
            ...(status.failureReason === undefined ? [] : [status.failureReason]),
            'made at the push: proof of origin, not of a scan',
        ].join('; '),
    }));
}
async function listReferrers(clients, abortSignal, { registry, repository, digest }) {
    return (0,_aws_pages_js__WEBPACK_IMPORTED_MODULE_0__/* .allPages */ .S)('ListImageReferrers', async (nextToken) => {
        const command = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_3__/* .ListImageReferrersCommand */ .hxf({
            registryId: registry.account,
            repositoryName: repository,
            subjectId: { imageDigest: digest },
            nextToken,
        });
        const answer = await clients.ecr(registry).send(command, { abortSignal });
        const items = (answer.referrers ?? []).map((referrer) => ({
            type: referrer.artifactType ?? '',
            digest: referrer.digest ?? '',
        }));
        return { items, nextToken: answer.nextToken };
    });
}


/***/ })

};

export const id = 670;
export const ids = [670];
export const modules = {

/***/ 9670:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   prepareVerifier: () => (/* binding */ prepareVerifier),
/* harmony export */   signerWords: () => (/* binding */ signerWords)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8424);
/* harmony import */ var _cosign_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1732);
/* harmony import */ var _predicate_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6834);
/* harmony import */ var _provision_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5103);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8163);
/* harmony import */ var _sign_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6782);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5550);









const TRIES = 4;
function signerWords(signer) {
    if (signer.kind === 'key')
        return signer.key.kind === 'kms' ? signer.key.reference : signer.key.path;
    const identity = signer.kind === 'identity' ? signer.identity : signer.pattern;
    return `${identity} (${signer.issuer})`;
}
async function prepareVerifier(settings, ports) {
    const { signer } = settings;
    const publicKey = signer.kind === 'key' && signer.key.kind === 'file' ? await isPublicKey(signer.key.path) : false;
    const cosign = await (0,_provision_js__WEBPACK_IMPORTED_MODULE_4__/* .provisionCosign */ .$)(settings.cosignVersion, { ...ports, signal: ports.deadline.signal });
    (0,_sign_js__WEBPACK_IMPORTED_MODULE_6__/* .refuseBeyond */ .g6)(cosign, settings);
    const session = await (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .openSession */ .fA)(cosign, {
        key: signer.kind !== 'key' || publicKey ? 'none' : signer.key.kind,
        keyRegion: signer.kind === 'key' && signer.key.kind === 'kms' ? signer.key.region : undefined,
        services: signer.kind !== 'key' || settings.transparencyLog ? settings.services : undefined,
    }, ports);
    try {
        const verifier = await verifierOf(session, signer, publicKey);
        const formats = settings.format === 'both' ? ['bundle', 'legacy'] : [settings.format];
        return {
            cosignVersion: cosign.version,
            verify: async (target, now) => {
                await (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .logIn */ .E8)(session, target.registry);
                const look = { session, settings, target, verifier };
                const proofs = [];
                for (const format of formats)
                    proofs.push(await signatureProof(look, format));
                if (settings.summary === undefined) {
                    proofs.push({ ...summaryOf(look), state: 'skipped', detail: 'not asked for' });
                }
                else {
                    for (const format of formats)
                        proofs.push(await summaryProof(look, format, settings.summary, now));
                }
                return proofs;
            },
            close: session.close,
        };
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
async function isPublicKey(path) {
    await (0,_sign_js__WEBPACK_IMPORTED_MODULE_6__/* .readable */ .HD)(path);
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8')).includes('BEGIN PUBLIC KEY');
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('input', `Input signing-key: ${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`, {
            cause: error,
        });
    }
}
async function verifierOf(session, signer, publicKey) {
    if (signer.kind !== 'key')
        return signer;
    if (signer.key.kind === 'file' && publicKey)
        return { kind: 'key', reference: signer.key.path };
    return (0,_sign_js__WEBPACK_IMPORTED_MODULE_6__/* .keyVerifier */ .qD)(session, signer.key);
}
function of({ platform }) {
    return platform === undefined ? '' : ` of ${platform}`;
}
async function signatureProof(look, format) {
    const { settings, target } = look;
    const proof = {
        kind: 'signature',
        what: `Signature${of(target)} (${format})`,
        by: signerWords(settings.signer),
        at: undefined,
        ageMs: undefined,
        nextStep: undefined,
    };
    const { proven, why, nextStep } = await isSigned(look, format);
    if (proven) {
        const annotations = Object.entries(settings.annotations).map(([name, value]) => `${name}=${value}`);
        return { ...proof, state: 'proven', detail: annotations.join(', ') || undefined };
    }
    const failed = {
        ...proof,
        state: 'failed',
        detail: `no valid signature by this signer was found: ${why}`,
    };
    const other = format === 'bundle' ? 'legacy' : 'bundle';
    if ((await isSigned(look, other)).proven) {
        return {
            ...failed,
            detail: `${failed.detail}. It does carry one in format ${other}`,
            nextStep: `Set signature-format: ${other} for this step, or sign the image in format ${format} too.`,
        };
    }
    return {
        ...failed,
        nextStep: nextStep ?? 'Do not deploy this image, or let the gate judge and sign it first.',
    };
}
async function isSigned(look, format) {
    const { target, settings } = look;
    const { annotations } = settings;
    const result = await ask(look, (request) => (0,_cosign_js__WEBPACK_IMPORTED_MODULE_2__/* .verifyArguments */ .qO)({ ...request, format, annotations }));
    if (!result.ok)
        return { proven: false, why: result.why, nextStep: result.nextStep };
    const proves = format === 'bundle' ? _cosign_js__WEBPACK_IMPORTED_MODULE_2__/* .provesBundle */ .GX : _cosign_js__WEBPACK_IMPORTED_MODULE_2__/* .provesLegacy */ .XB;
    const proven = proves(result.stdout, target.digest, annotations);
    return { proven, why: 'what verifies is not of this digest with these annotations', nextStep: undefined };
}
function summaryOf({ settings, target }, format) {
    return {
        kind: 'attestation',
        what: `Verification summary${of(target)}${format === undefined ? '' : ` (${format})`}`,
        by: signerWords(settings.signer),
        at: undefined,
        ageMs: undefined,
        nextStep: undefined,
    };
}
async function summaryProof(look, format, asked, now) {
    const { target } = look;
    const { registry, repository, digest } = target;
    const proof = summaryOf(look, format);
    const result = await ask(look, (request) => (0,_cosign_js__WEBPACK_IMPORTED_MODULE_2__/* .verifyAttestationArguments */ .QU)({ ...request, format }, _predicate_js__WEBPACK_IMPORTED_MODULE_3__/* .SUMMARY_TYPE */ .G_));
    if (!result.ok) {
        const why = `no verification summary by this signer was found: ${result.why}`;
        return { ...proof, state: 'failed', detail: why, nextStep: result.nextStep ?? RENEW };
    }
    const decision = (0,_statement_js__WEBPACK_IMPORTED_MODULE_7__/* .decideSummaries */ .hT)((0,_statement_js__WEBPACK_IMPORTED_MODULE_7__/* .statementsOf */ .GX)(result.stdout), {
        digest,
        resourceUri: (0,_predicate_js__WEBPACK_IMPORTED_MODULE_3__/* .resourceUri */ .N)(registry, repository),
        ...asked,
        now,
    });
    if (!decision.proven)
        return { ...proof, state: 'failed', detail: decision.why, nextStep: RENEW };
    const any = asked.policySha256 === undefined ? ', which could have been any' : '';
    return {
        ...proof,
        state: 'proven',
        at: decision.at,
        ageMs: decision.ageMs,
        detail: `${decision.summary.verificationResult} by policy ${(0,_statement_js__WEBPACK_IMPORTED_MODULE_7__/* .policyText */ .MJ)(decision.summary)}${any}`,
    };
}
const RENEW = 'Let the gate judge this image again with attest: true, by the policy and with the key that are expected here.';
async function ask({ session, settings, target, verifier }, args) {
    const { trustedRoot, ownServices, ports } = session;
    const { deadline } = ports;
    const image = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_8__/* .imageUri */ .W_)(target.registry, target.repository, target.digest);
    const { transparencyLog } = settings;
    for (let attempt = 1;; attempt += 1) {
        const timeoutMs = (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .callTime */ .Q5)(deadline);
        const request = { image, verifier, transparencyLog, trustedRoot, ownServices, timeoutMs };
        const result = await (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .call */ .T1)(session, args(request), target.registry, _session_js__WEBPACK_IMPORTED_MODULE_5__/* .MOST_ATTESTATIONS */ .Ud);
        if (result.exitCode === 0)
            return { ok: true, stdout: result.stdout };
        (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .stopIfOver */ .UH)(deadline, `verifying ${image}`);
        const { message, nextStep, transient } = (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .failureOf */ .g5)(result);
        if (!transient || attempt === TRIES)
            return { ok: false, why: message, nextStep };
        await (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .pause */ .v7)(deadline, attempt);
    }
}


/***/ })

};

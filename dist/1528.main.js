export const id = 1528;
export const ids = [1528];
export const modules = {

/***/ 41528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ describeRevocations),
/* harmony export */   i: () => (/* binding */ revocationsBySigner),
/* harmony export */   refuseRevoked: () => (/* binding */ refuseRevoked)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75650);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(90274);
/* harmony import */ var _cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35125);
/* harmony import */ var _cosign_check_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(35557);
/* harmony import */ var _cosign_session_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(70017);
/* harmony import */ var _evidence_envelope_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3587);
/* harmony import */ var _evidence_read_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3139);
/* harmony import */ var _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(41590);
/* harmony import */ var _statements_predicate_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(88421);
/* harmony import */ var _statements_revocation_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(34334);
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(67805);
/**
 * Finds the attestations by the signer that revoke a verdict. All attestations that were read are searched, in every
 * spelling, type and format: cosign itself prints only those with a spelling that it accepts, of one type and in one format.
 */













const MOST_NAMED = 5;
/**
 * Names the attestations that revoke a verdict, and the commands that delete them, one for each repository. Others may have
 * pushed copies of one; each of them revokes the verdict.
 */
function describeRevocations(statements, attestations, places) {
    const revoking = attestations.filter(({ envelope }) => statements.includes(envelope.statement));
    const digests = [...new Set(revoking.map(({ manifest }) => manifest.digest))];
    const named = digests.slice(0, MOST_NAMED);
    const more = digests.length > named.length ? ` and ${digests.length - named.length} more` : '';
    const command = places
        .flatMap(({ subject: { registry, repository }, evidence }) => {
        const attached = new Set(evidence.attestations.map(({ manifest }) => manifest.digest));
        const ids = named.filter((digest) => attached.has(digest)).map((digest) => `imageDigest=${digest}`);
        if (ids.length === 0)
            return [];
        return `aws ecr batch-delete-image --registry-id ${registry.account} --region ${registry.region} --repository-name ${repository} --image-ids ${ids.join(' ')}`;
    })
        .join(' && ');
    const legacy = revoking.some(({ format }) => format === 'legacy')
        ? ' (in format legacy, this also deletes the other attestations of the image)'
        : '';
    return {
        what: named.length === 0 ? 'an attestation' : `${named.join(', ')}${more}`,
        nextStep: `Do not deploy this image. To allow it again, delete the attestations that revoke its verdict${legacy} and run the gate for it${named.length === 0 ? '.' : `: ${command}`}`,
    };
}
/**
 * Refuses to sign a digest whose verdict this signer revoked, in either format and at any time.
 * @throws GateError `signing` if it was revoked, or if not everything attached could be read; `timeout` or
 *   `cancelled`
 */
async function refuseRevoked(search) {
    const { session, subject } = search;
    const { registry, repository, digest } = subject;
    const image = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .imageUri */ .W_)(registry, repository, digest);
    try {
        const evidence = await (0,_evidence_read_js__WEBPACK_IMPORTED_MODULE_8__/* .readEvidence */ .At)(session.ports.evidence, subject, session.ports.deadline);
        const signed = await revocationsBySigner(search, evidence);
        const statements = signed.map(({ envelope }) => envelope.statement);
        const { revocations } = (0,_statements_revocation_js__WEBPACK_IMPORTED_MODULE_11__/* .revocationsOf */ .V)(statements, {
            digest,
            resourceUri: (0,_statements_predicate_js__WEBPACK_IMPORTED_MODULE_10__/* .resourceUri */ .N)(registry, repository),
        });
        const [first] = revocations;
        if (first === undefined)
            return;
        const revoking = revocations.map(({ statement }) => statement);
        const { what, nextStep } = describeRevocations(revoking, signed, [{ subject, evidence }]);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('signing', `The verdict on ${image} was revoked: an attestation by this signer, of ${first.time}, says ${first.result} (${what}). Nothing was signed or attested.`, { nextStep });
    }
    catch (error) {
        if (!(error instanceof _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI))
            throw error;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('signing', `Not everything that is attached to ${image} could be read, and it may revoke the verdict: ${error.message}. Nothing was signed or attested.`, { nextStep: error.nextStep, cause: error });
    }
}
/** A type that no attestation has. cosign then reports whether there are others by the signer. */
const NO_TYPE = 'urn:ecr-deployment-gate:none';
const MOST_SERVED = 500;
const MOST_TYPES = 20;
const MOST_TYPE_CHARACTERS = 300;
/**
 * The attestations by the signer that revoke a verdict, of any digest and repository. With a key no transparency log is
 * required: to check less strictly what counts against an image is the stricter outcome. With a certificate it is, because
 * the certificate is valid for only a few minutes, and the log confirms that it was valid when it signed.
 * @throws UnreadableEvidence if it could not be determined who signed one
 */
async function revocationsBySigner(search, evidence) {
    const candidates = evidence.attestations.filter(({ envelope }) => (0,_statements_revocation_js__WEBPACK_IMPORTED_MODULE_11__/* .isRevocation */ .b)(envelope.statement));
    if (candidates.length === 0)
        return [];
    const isSigned = await signatureCheck(search);
    const signed = new Set();
    for (const candidate of candidates) {
        if (isSigned(candidate))
            signed.add(candidate);
        // There may be thousands, and each check blocks the event loop for a moment.
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setImmediate)();
    }
    // cosign verifies the rest: it reads certificates, and supports more kinds of keys.
    const others = candidates.filter((candidate) => !signed.has(candidate) &&
        candidate.isForCosign &&
        (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_12__/* .isAbout */ .KH)(candidate.envelope.statement, search.subject.digest));
    for (const format of ['bundle', 'legacy']) {
        const ofFormat = others.filter((other) => other.format === format);
        for (let at = 0; at < ofFormat.length; at += MOST_SERVED) {
            for (const one of await signedByCosign(search, ofFormat.slice(at, at + MOST_SERVED)))
                signed.add(one);
        }
    }
    return [...signed];
}
/** Returns a function that tells whether the signer's key signed an attestation. It does not support certificates. */
async function signatureCheck({ session, verifier, subject, }) {
    if (verifier.kind !== 'key')
        return () => false;
    try {
        const isSigned = (0,_evidence_envelope_js__WEBPACK_IMPORTED_MODULE_7__/* .signedBy */ .q)(await publicKey(session, verifier.reference, subject));
        return ({ envelope }) => isSigned(envelope);
    }
    catch (error) {
        if (error instanceof _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI)
            throw error;
        throw new _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(`the public key of ${verifier.reference} cannot be used: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`, 'Check the key.');
    }
}
async function publicKey(session, reference, { registry }) {
    if (!reference.startsWith('awskms:'))
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(reference, 'utf8');
    const args = (0,_cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .publicKeyArguments */ .jL)({ kind: 'kms', reference, region: undefined });
    const result = await (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_6__/* .call */ .T1)(session, args, registry);
    if (result.exitCode === 0)
        return result.stdout;
    (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_6__/* .stopIfOver */ .UH)(session.ports.deadline, `reading the public key of ${reference}`);
    const { message, nextStep } = (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_6__/* .failureOf */ .g5)(result);
    throw unknown(`cosign could not read the public key: ${message}`, nextStep);
}
/** The attestations that cosign verifies as the signer's. */
async function signedByCosign(search, candidates) {
    // One call says whether there are any, however many types others have used.
    if ((await verifyWithCosign(search, candidates, NO_TYPE)).found === 'nothing')
        return [];
    const types = new Set(candidates.map(({ envelope }) => envelope.statement.predicateType));
    if (types.size > MOST_TYPES || [...types].some((type) => type.length > MOST_TYPE_CHARACTERS)) {
        throw unknown('an attestation by this signer revokes the verdict, but there are too many predicate types to determine which');
    }
    const signed = [];
    for (const type of types) {
        const { stdout } = await verifyWithCosign(search, candidates, type);
        const payloads = (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_12__/* .verifiedPayloads */ .qP)(stdout);
        signed.push(...candidates.filter(({ envelope }) => payloads.has(envelope.payload.toString('base64'))));
    }
    if (signed.length === 0) {
        throw unknown('an attestation by this signer revokes the verdict, but cosign does not say which');
    }
    return signed;
}
async function verifyWithCosign({ session, verifier, subject }, attestations, type) {
    const copy = await session.serve({ digest: subject.digest, attestations });
    const format = attestations[0]?.format ?? 'bundle';
    const result = await (0,_cosign_check_js__WEBPACK_IMPORTED_MODULE_5__/* .check */ .z6)(session, {
        subject,
        verifier,
        format,
        wanted: { type },
        copy,
        ignoresLog: true,
        mustReadAll: true,
    });
    if (result.ok)
        return { stdout: result.stdout, found: undefined };
    if (result.found !== undefined)
        return { stdout: '', found: result.found };
    throw unknown(`cosign could not determine who signed the attestations that may revoke the verdict: ${result.message}`, result.nextStep);
}
function unknown(message, nextStep = 'Examine the attestations of the image. See docs/signing.md.') {
    return new _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(message, nextStep);
}


/***/ })

};

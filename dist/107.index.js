export const id = 107;
export const ids = [107];
export const modules = {

/***/ 7107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyImages: () => (/* binding */ verifyImages)
});

// EXTERNAL MODULE: ./lib/aws/clients.js + 1 modules
var aws_clients = __webpack_require__(6943);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2409);
// EXTERNAL MODULE: ./lib/image/ecr.js
var ecr = __webpack_require__(84);
// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(3578);
// EXTERNAL MODULE: ./lib/policy/minimum.js
var minimum = __webpack_require__(9323);
// EXTERNAL MODULE: ./lib/report/words.js
var words = __webpack_require__(9206);
// EXTERNAL MODULE: ./lib/scan/age.js
var age = __webpack_require__(1195);
// EXTERNAL MODULE: ../../main/node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(3511);
// EXTERNAL MODULE: ./lib/aws/briefly.js
var briefly = __webpack_require__(4609);
;// CONCATENATED MODULE: ./lib/signing/origin.js



const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined };
async function imageOrigin(clients, deadline, image, log) {
    try {
        return await (0,briefly/* briefly */.m)(deadline, (signal) => managedSignatures(clients, signal, image));
    }
    catch (error) {
        log(`Not known of ${image.uri}: whether AWS signed it (${(0,errors/* messageOf */.bD)(error)})`);
        return [];
    }
}
function whatElse(referrers) {
    return {
        notations: referrers
            .filter(({ artifactType }) => artifactType === NOTATION)
            .map(({ digest }) => ({
            ...NOTED,
            kind: 'notation',
            what: 'Notation signature',
            by: undefined,
            detail: `${digest}: listed, neither verified nor trusted`,
        })),
        bundles: referrers.filter(({ artifactType }) => artifactType === BUNDLE).length,
    };
}
async function managedSignatures(clients, abortSignal, { registry, repository, digest }) {
    const command = new dist_cjs/* DescribeImageSigningStatusCommand */.feV({
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

// EXTERNAL MODULE: ./lib/signing/predicate.js
var predicate = __webpack_require__(7101);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/signing/cosign.js
var cosign = __webpack_require__(985);
// EXTERNAL MODULE: ./lib/signing/evidence.js
var signing_evidence = __webpack_require__(1359);
// EXTERNAL MODULE: ./lib/signing/provision.js + 1 modules
var provision = __webpack_require__(8336);
// EXTERNAL MODULE: ./lib/signing/session.js + 1 modules
var signing_session = __webpack_require__(8061);
// EXTERNAL MODULE: ./lib/signing/sign.js + 1 modules
var sign = __webpack_require__(3639);
// EXTERNAL MODULE: ./lib/signing/statement.js
var signing_statement = __webpack_require__(1925);
// EXTERNAL MODULE: ./lib/signing/take-back.js
var take_back = __webpack_require__(3037);
;// CONCATENATED MODULE: ./lib/signing/verify.js










function signerWords(signer) {
    if (signer.kind === 'key')
        return signer.key.kind === 'kms' ? signer.key.reference : signer.key.path;
    const identity = signer.kind === 'identity' ? signer.identity : signer.pattern;
    return `${identity} (${signer.issuer})`;
}
async function prepareVerifier(settings, ports) {
    const { signer } = settings;
    const publicKey = signer.kind === 'key' && signer.key.kind === 'file' ? await isPublicKey(signer.key.path) : false;
    const cosign = await (0,provision/* provisionCosign */.$)(settings.cosignVersion, { ...ports, signal: ports.deadline.signal });
    (0,sign/* refuseBeyond */.g6)(cosign, settings);
    const session = await (0,signing_session/* openSession */.fA)(cosign, {
        key: signer.kind !== 'key' || publicKey ? 'none' : signer.key.kind,
        keyRegion: signer.kind === 'key' && signer.key.kind === 'kms' ? signer.key.region : undefined,
        services: signer.kind !== 'key' || settings.transparencyLog ? settings.services : undefined,
    }, ports);
    try {
        const verifier = await verifierOf(session, signer, publicKey);
        const referrers = new Map();
        return {
            cosignVersion: cosign.version,
            verify: async (target, now) => {
                try {
                    const evidence = await (0,signing_evidence/* readEvidence */.At)(ports.evidence, target, ports.deadline);
                    referrers.set(target.digest, evidence.referrers);
                    const takeBacks = await (0,take_back/* takeBacksBySigner */.Z)({ session, verifier, subject: target }, evidence);
                    return await proofsOf({ session, settings, target, verifier, evidence, takeBacks }, now);
                }
                catch (error) {
                    if (!(error instanceof signing_evidence/* EvidenceUnread */.tn))
                        throw error;
                    return unreadProofs(settings, target, error);
                }
            },
            referrers: (digest) => referrers.get(digest),
            close: session.close,
        };
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
async function isPublicKey(path) {
    await (0,sign/* readable */.HD)(path);
    try {
        return (await (0,promises_.readFile)(path, 'utf8')).includes('BEGIN PUBLIC KEY');
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `Input signing-key: ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    }
}
async function verifierOf(session, signer, publicKey) {
    if (signer.kind !== 'key')
        return signer;
    if (signer.key.kind === 'file' && publicKey)
        return { kind: 'key', reference: signer.key.path };
    return (0,sign/* keyVerifier */.qD)(session, signer.key);
}
function of({ platform }) {
    return platform === undefined ? '' : ` of ${platform}`;
}
function formatsOf({ format }) {
    return format === 'both' ? ['bundle', 'legacy'] : [format];
}
async function proofsOf(look, now) {
    const { settings, target } = look;
    const proofs = [];
    for (const format of formatsOf(settings))
        proofs.push(await signatureProof(look, format));
    const { takeBacks, passedOver } = (0,signing_statement/* takeBacksOf */.Jz)(said(look), expectedOf(target));
    if (settings.summary === undefined && takeBacks.length === 0) {
        const detail = `not asked for${notCounted(passedOver)}`;
        return [...proofs, { ...summaryOf(settings, target), state: 'skipped', detail }];
    }
    const asked = settings.summary ?? { policySha256: undefined, maxAgeMs: undefined };
    for (const format of formatsOf(settings))
        proofs.push(await summaryProof(look, format, asked, now));
    return proofs;
}
function said({ takeBacks }) {
    return takeBacks.map(({ envelope }) => envelope.statement);
}
function expectedOf({ registry, repository, digest }) {
    return { digest, resourceUri: (0,predicate/* resourceUri */.N)(registry, repository) };
}
function unreadProofs(settings, target, { message, nextStep }) {
    const detail = `what is attached to it could not be read completely, and may take its verdict back: ${message}`;
    return [
        ...formatsOf(settings).map((format) => ({ ...signatureOf(settings, target, format), state: 'failed', detail, nextStep })),
        { ...summaryOf(settings, target), state: 'skipped', detail: 'not everything could be read' },
    ];
}
function signatureOf(settings, target, format) {
    return {
        kind: 'signature',
        what: `Signature${of(target)} (${format})`,
        by: signerWords(settings.signer),
        at: undefined,
        ageMs: undefined,
        nextStep: undefined,
    };
}
async function signatureProof(look, format) {
    const { settings, target } = look;
    const proof = signatureOf(settings, target, format);
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
    const shown = format === 'bundle' ? attested(look, format, cosign/* SIGNATURE_TYPE */.uf) : await legacySignatures(look);
    if (shown === undefined)
        return { proven: false, why: `it has none in format ${format}`, nextStep: undefined };
    const result = await verified(look, shown, (request) => (0,cosign/* verifyArguments */.qO)({ ...request, format, annotations }));
    if (!result.ok)
        return { proven: false, why: result.message, nextStep: result.nextStep };
    const proves = format === 'bundle' ? cosign/* provesBundle */.GX : cosign/* provesLegacy */.XB;
    const proven = proves(result.stdout, target.digest, annotations);
    return { proven, why: 'what verifies is not of this digest with these annotations', nextStep: undefined };
}
async function legacySignatures({ session, target }) {
    const signatures = await (0,signing_evidence/* readLegacySignatures */.t6)(session.ports.evidence, target);
    return signatures && { digest: target.digest, signatures };
}
function attested({ evidence, target }, format, type) {
    const attestations = evidence.attestations.filter(({ format: has, isForCosign, envelope: { statement } }) => has === format && isForCosign && statement.predicateType === type && (0,signing_statement/* isAbout */.KH)(statement, target.digest));
    return attestations.length === 0 ? undefined : { digest: target.digest, attestations };
}
function summaryOf(settings, target, format) {
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
    const { settings, target, takeBacks } = look;
    const proof = summaryOf(settings, target, format);
    const shown = attested(look, format, predicate/* SUMMARY_TYPE */.G_);
    const result = shown &&
        (await verified(look, shown, (request) => (0,cosign/* verifyAttestationArguments */.QU)({ ...request, format }, predicate/* SUMMARY_TYPE */.G_)));
    const decision = (0,signing_statement/* decideSummaries */.hT)([...(0,signing_statement/* statementsOf */.GX)(result?.ok ? result.stdout : ''), ...said(look)], {
        ...expectedOf(target),
        ...asked,
        now,
    });
    const others = notCounted(decision.passedOver);
    if (decision.proven) {
        const any = asked.policySha256 === undefined ? ', which could have been any' : '';
        return {
            ...proof,
            state: 'proven',
            at: decision.at,
            ageMs: decision.ageMs,
            detail: `${decision.summary.verificationResult} by policy ${(0,signing_statement/* policyText */.MJ)(decision.summary)}${any}${others}`,
        };
    }
    const failed = { ...proof, state: 'failed' };
    if (decision.takenBackBy !== undefined) {
        const { what, nextStep } = (0,take_back/* takeBackWords */._)([decision.takenBackBy], takeBacks, target);
        return { ...failed, detail: `${decision.why} (${what})${others}`, nextStep };
    }
    if (result?.ok)
        return { ...failed, detail: `${decision.why}${others}`, nextStep: RENEW };
    const why = result?.message ?? `it has none in format ${format}`;
    const detail = `no verification summary by this signer was found: ${why}${others}`;
    return { ...failed, detail, nextStep: result?.nextStep ?? RENEW };
}
const MOST_LISTED = 5;
function notCounted(items) {
    if (items.length === 0)
        return '';
    const more = items.length - MOST_LISTED;
    const listed = [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])];
    return `; not counted: ${listed.join(', ')}`;
}
const RENEW = 'Let the gate judge this image again with attest: true, by the policy and with the key that are expected here.';
async function verified({ session, settings, target, verifier }, shown, args) {
    const { trustedRoot, ownServices } = session;
    const { transparencyLog } = settings;
    const showing = await session.show(shown);
    return (0,signing_session/* look */.Op)(session, target, showing, (image, timeoutMs) => args({ image, verifier, transparencyLog, trustedRoot, ownServices, timeoutMs }), { wholly: false });
}

// EXTERNAL MODULE: ./lib/run/documents.js
var documents = __webpack_require__(5536);
// EXTERNAL MODULE: ./lib/run/judge.js + 10 modules
var judge = __webpack_require__(2758);
// EXTERNAL MODULE: ./lib/run/sign.js + 2 modules
var run_sign = __webpack_require__(3093);
// EXTERNAL MODULE: ./lib/run/state.js + 1 modules
var state = __webpack_require__(4082);
;// CONCATENATED MODULE: ./lib/run/verify.js














async function verifyImages(inputs, deadline, run) {
    const { verification } = inputs;
    if (verification === undefined)
        throw new Error('nothing to verify by');
    const { document, exceptions } = await (0,documents/* readDocuments */.r)(inputs, deadline, run);
    const demands = (0,documents/* heed */.f)(inputs, document, deadline, run);
    const summary = expectedSummary(verification, run.documents?.policy?.sha256, (0,minimum/* concededBy */.Vm)(demands, document));
    const { signer, format, recheck, platforms } = verification;
    run.verification = {
        signer: signerWords(signer),
        format,
        cosignVersion: undefined,
        attestation: summary !== undefined,
        policySha256: summary?.policySha256,
        maxAttestationAgeMs: summary?.maxAgeMs,
        recheck,
    };
    const clients = (0,aws_clients/* createClients */.h)(deadline);
    let verifier;
    try {
        verifier = await prepareVerifier({ ...verification, summary }, (0,run_sign/* signingPorts */.KK)(clients, deadline));
        run.verification = { ...run.verification, cosignVersion: verifier.cosignVersion };
        const images = await (0,resolve/* resolveImages */.Be)(inputs.images, (0,ecr/* ecrImages */.D)(clients, deadline));
        const pending = new errors/* GateError */.ue('not-proven', 'The run ended before it was verified.');
        run.images = images.map((image) => (0,state/* unjudged */.bC)(image, pending));
        const proven = [];
        for (const [index, image] of images.entries()) {
            (0,state/* log */.Rm)(`Resolved ${image.references.join(', ')} to ${image.uri} (${(0,state/* describePlatforms */.Qb)(image)})`);
            const proofs = [];
            for (const target of (0,run_sign/* targetsOf */.QR)(image, platforms)) {
                proofs.push(...(await verifier.verify(target, clients.serviceTime(image.registry))));
            }
            const notes = await imageOrigin(clients, deadline, image, state/* log */.Rm);
            const { notations, bundles } = whatElse(verifier.referrers(image.digest) ?? []);
            const failed = proofs.find(({ state }) => state === 'failed');
            if (failed === undefined)
                proven.push(image);
            (0,state/* replace */.HC)(run, index, {
                ...(0,state/* unjudged */.bC)(image, failed === undefined ? pending : notVerified(image, failed)),
                ...(failed === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
                proofs: [
                    ...(format === 'legacy' ? proofs.map((proof) => withHiding(proof, bundles)) : proofs),
                    ...(failed !== undefined || !recheck ? [skippedFindings(recheck)] : []),
                    ...notes,
                    ...notations,
                ],
            });
        }
        if (recheck) {
            const rechecked = await (0,judge/* judge */.S)(proven, { inputs, demands, exceptions, clients, deadline, run });
            for (const [at, image] of proven.entries()) {
                const [index, judgedImage] = [images.indexOf(image), rechecked[at]];
                if (judgedImage === undefined)
                    continue;
                const findings = findingsProof(judgedImage, clients.serviceTime(image.registry), run.settings);
                (0,state/* replace */.HC)(run, index, { ...judgedImage, proofs: [...(run.images[index]?.proofs ?? []), findings] });
            }
        }
        return (0,state/* finish */.O9)(run, undefined);
    }
    finally {
        await verifier?.close().catch(() => { });
        clients.destroy();
        deadline.clear();
    }
}
function expectedSummary({ summary, recheck }, policy, conceded) {
    if (policy === undefined)
        return summary;
    const given = summary?.policySha256;
    if (given !== undefined && given !== policy) {
        throw new errors/* GateError */.ue('input', `Input policy-digest: expected that of the policy, got "sha256:${given}".`, {
            nextStep: `A right value is: policy-digest: sha256:${policy}`,
        });
    }
    return {
        policySha256: policy,
        weakenedSha256: recheck
            ? conceded.map((weakening) => (0,predicate/* weakenedPolicySha256 */.Ms)(policy, { ...weakening }))
            : undefined,
        maxAgeMs: summary?.maxAgeMs,
    };
}
function notVerified({ uri }, { what, by, detail, nextStep }) {
    return new errors/* GateError */.ue('not-verified', `${uri}: ${what} by ${by} is not proven: ${detail}.`, { nextStep });
}
function withHiding(proof, bundles) {
    if (proof.kind !== 'signature' || proof.state !== 'proven' || bundles === 0)
        return proof;
    const hint = `hidden from a plain cosign verify by ${bundles} Sigstore bundle(s) beside it: --new-bundle-format=false finds it`;
    return { ...proof, detail: proof.detail === undefined ? hint : `${proof.detail}; ${hint}` };
}
const FINDINGS = {
    kind: 'findings',
    what: 'Today’s findings',
    by: undefined,
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
};
function skippedFindings(recheck) {
    const detail = recheck ? 'a proof before it failed' : 'not asked for';
    return { ...FINDINGS, state: 'skipped', detail };
}
function findingsProof(image, now, settings) {
    const { outcome } = image;
    if (outcome.kind !== 'judged') {
        return {
            ...FINDINGS,
            state: 'failed',
            detail: outcome.kind === 'error' ? outcome.error.message : undefined,
        };
    }
    const { counts, blocking, verdict, exceededLimits } = outcome.verdict;
    const limits = exceededLimits.length === 0 ? '' : `; ${exceededLimits.length} limits of the policy exceeded`;
    const unwatched = (0,age/* oldestUnwatchedScan */.eO)(image.platforms);
    const since = unwatched === undefined
        ? ''
        : `; it is not scanned again by itself, so what was published since ${(0,words/* day */.vd)(unwatched)} is not known`;
    const at = (0,age/* oldest */.os)(image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []));
    return {
        ...FINDINGS,
        ...(unwatched === undefined ? {} : { what: 'Findings of its last scan' }),
        state: verdict === 'block' ? 'failed' : 'proven',
        at,
        ageMs: at === undefined || now === undefined ? undefined : Math.max(0, now.getTime() - at.getTime()),
        detail: `${counts.total} active, ${blocking} of them block (fail-on: ${settings?.failOn})${limits}${since}`,
    };
}


/***/ })

};

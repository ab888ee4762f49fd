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
// EXTERNAL MODULE: ./lib/aws/pages.js
var pages = __webpack_require__(6018);
;// CONCATENATED MODULE: ./lib/signing/origin.js




const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined };
async function imageOrigin(clients, deadline, image, log) {
    const attempt = async (what, ask) => {
        try {
            return await (0,briefly/* briefly */.m)(deadline, ask);
        }
        catch (error) {
            log(`Not known of ${image.uri}: ${what} (${(0,errors/* messageOf */.bD)(error)})`);
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
async function listReferrers(clients, abortSignal, { registry, repository, digest }) {
    return (0,pages/* allPages */.S)('ListImageReferrers', async (nextToken) => {
        const command = new dist_cjs/* ListImageReferrersCommand */.hxf({
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

// EXTERNAL MODULE: ./lib/signing/predicate.js
var predicate = __webpack_require__(7101);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(435);
// EXTERNAL MODULE: ./lib/signing/cosign.js
var cosign = __webpack_require__(985);
// EXTERNAL MODULE: ./lib/signing/provision.js + 1 modules
var provision = __webpack_require__(8336);
// EXTERNAL MODULE: ./lib/signing/session.js
var signing_session = __webpack_require__(792);
// EXTERNAL MODULE: ./lib/signing/sign.js + 1 modules
var sign = __webpack_require__(3639);
// EXTERNAL MODULE: ./lib/signing/statement.js
var statement = __webpack_require__(1925);
;// CONCATENATED MODULE: ./lib/signing/verify.js









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
    const cosign = await (0,provision/* provisionCosign */.$)(settings.cosignVersion, { ...ports, signal: ports.deadline.signal });
    (0,sign/* refuseBeyond */.g6)(cosign, settings);
    const session = await (0,signing_session/* openSession */.fA)(cosign, {
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
                await (0,signing_session/* logIn */.E8)(session, target.registry);
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
    const result = await ask(look, (request) => (0,cosign/* verifyArguments */.qO)({ ...request, format, annotations }));
    if (!result.ok)
        return { proven: false, why: result.why, nextStep: result.nextStep };
    const proves = format === 'bundle' ? cosign/* provesBundle */.GX : cosign/* provesLegacy */.XB;
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
    const result = await ask(look, (request) => (0,cosign/* verifyAttestationArguments */.QU)({ ...request, format }, predicate/* SUMMARY_TYPE */.G_));
    if (!result.ok) {
        const why = `no verification summary by this signer was found: ${result.why}`;
        return { ...proof, state: 'failed', detail: why, nextStep: result.nextStep ?? RENEW };
    }
    const decision = (0,statement/* decideSummaries */.hT)((0,statement/* statementsOf */.GX)(result.stdout), {
        digest,
        resourceUri: (0,predicate/* resourceUri */.N)(registry, repository),
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
        detail: `${decision.summary.verificationResult} by policy ${(0,statement/* policyText */.MJ)(decision.summary)}${any}`,
    };
}
const RENEW = 'Let the gate judge this image again with attest: true, by the policy and with the key that are expected here.';
async function ask({ session, settings, target, verifier }, args) {
    const { trustedRoot, ownServices, ports } = session;
    const { deadline } = ports;
    const image = (0,reference/* imageUri */.W_)(target.registry, target.repository, target.digest);
    const { transparencyLog } = settings;
    for (let attempt = 1;; attempt += 1) {
        const timeoutMs = (0,signing_session/* callTime */.Q5)(deadline);
        const request = { image, verifier, transparencyLog, trustedRoot, ownServices, timeoutMs };
        const result = await (0,signing_session/* call */.T1)(session, args(request), target.registry, signing_session/* MOST_ATTESTATIONS */.Ud);
        if (result.exitCode === 0)
            return { ok: true, stdout: result.stdout };
        (0,signing_session/* stopIfOver */.UH)(deadline, `verifying ${image}`);
        const { message, nextStep, transient } = (0,signing_session/* failureOf */.g5)(result);
        if (!transient || attempt === TRIES)
            return { ok: false, why: message, nextStep };
        await (0,signing_session/* pause */.v7)(deadline, attempt);
    }
}

// EXTERNAL MODULE: ./lib/run/documents.js
var documents = __webpack_require__(5536);
// EXTERNAL MODULE: ./lib/run/judge.js + 16 modules
var judge = __webpack_require__(5973);
// EXTERNAL MODULE: ./lib/run/sign.js + 1 modules
var run_sign = __webpack_require__(6996);
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
            const { notes, bundles = 0 } = await imageOrigin(clients, deadline, image, state/* log */.Rm);
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

export const id = 5728;
export const ids = [5728];
export const modules = {

/***/ 75728:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkCosignFiles: () => (/* binding */ checkCosignFiles),
  prepare: () => (/* binding */ prepare),
  signAll: () => (/* binding */ signAll),
  signEach: () => (/* binding */ signEach),
  signingPorts: () => (/* binding */ signingPorts),
  targetsOf: () => (/* binding */ targetsOf)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commandBuilder.js
var commandBuilder = __webpack_require__(18323);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/schemas/schemas_0.js + 2 modules
var schemas_0 = __webpack_require__(26062);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetAuthorizationTokenCommand.js


class GetAuthorizationTokenCommand extends (0,commandBuilder/* command */.G5)(commandBuilder/* _ep0 */.lq, commandBuilder/* _mw0 */.yt, "GetAuthorizationToken", schemas_0/* GetAuthorizationToken$ */.phU) {
}

// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./aws/errors.js
var aws_errors = __webpack_require__(17180);
;// CONCATENATED MODULE: ./aws/authorization.js
/** Credentials for programs that connect to the registry. */



/**
 * User name and password for a registry, valid for twelve hours. The token is the caller's: it is valid for every
 * registry that the role can access.
 * @throws GateError `access-denied` and the like
 */
async function registryCredentials(clients, deadline, registry) {
    try {
        const client = clients.ecr(registry);
        const answer = await client.send(new GetAuthorizationTokenCommand({}), { abortSignal: deadline.signal });
        const token = answer.authorizationData?.[0]?.authorizationToken ?? '';
        const [user, password] = Buffer.from(token, 'base64').toString('utf8').split(':', 2);
        if (!user || !password)
            throw noToken();
        return { user, password };
    }
    catch (error) {
        throw (0,aws_errors/* translate */.Tl)(error, { action: 'ecr:GetAuthorizationToken', resource: '*' }, deadline);
    }
}
function noToken() {
    return new errors/* GateError */.ue('aws', 'ecr:GetAuthorizationToken returned no token.', {
        nextStep: 'Run the step again. If it fails again, check whether a proxy modifies AWS responses.',
    });
}

// EXTERNAL MODULE: ./aws/briefly.js
var briefly = __webpack_require__(57196);
// EXTERNAL MODULE: ./files.js
var files_0 = __webpack_require__(60866);
// EXTERNAL MODULE: ./image/resolve.js
var resolve = __webpack_require__(48647);
// EXTERNAL MODULE: ./results/modes/envelope.js
var envelope = __webpack_require__(75795);
// EXTERNAL MODULE: ./results/modes/images.js
var modes_images = __webpack_require__(8829);
// EXTERNAL MODULE: ./scan/age.js
var age = __webpack_require__(29988);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./signing/statements/predicate.js
var statements_predicate = __webpack_require__(88421);
// EXTERNAL MODULE: ./signing/statements/statement.js
var statements_statement = __webpack_require__(67805);
// EXTERNAL MODULE: ./signing/statements/summaries.js
var summaries = __webpack_require__(9604);
;// CONCATENATED MODULE: ./signing/claims.js
/** What is attested of an image, and how a consumer finds it among the statements that cosign verified. Pure. */




/** The SHA-256 of the policy, in hex, as the summary names it: of the policy as the inputs weakened it. */
function summaryPolicy(input) {
    const { policy } = (0,statements_predicate/* verificationSummary */.Ob)(input).predicate;
    return policy.digest.sha256;
}
/**
 * The claim that the image passed.
 * @throws ValiError if a value does not fit the predicate's published fields
 */
function summaryClaim(input, digest) {
    const predicate = (0,statements_predicate/* verificationSummary */.Ob)(input);
    return {
        predicate,
        madeAt: input.verifiedAt,
        find: (statements) => {
            const decision = (0,summaries/* decideSummaries */.h)(statements, {
                digest,
                resourceUri: input.resourceUri,
                policies: [summaryPolicy(input)],
                maxAgeMs: undefined,
                now: input.verifiedAt,
            });
            if (decision.accepted)
                return { since: decision.at };
            const { why, revokedBy } = decision;
            return { since: undefined, why, isRevoked: revokedBy !== undefined };
        },
    };
}
/**
 * The claim that the image has these findings.
 * @throws ValiError if a value does not fit the predicate's published fields
 */
function vulnerabilitiesClaim(input, digest, madeAt) {
    const predicate = (0,statements_predicate/* vulnerabilityReport */.Z$)(input);
    return {
        predicate,
        madeAt,
        find: (statements) => {
            const reports = statements.filter((statement) => statement.predicateType === statements_predicate/* VULNERABILITIES_TYPE */.e9 && (0,statements_statement/* isAbout */.KH)(statement, digest));
            const isSame = ({ predicate: other }) => (0,external_node_util_.isDeepStrictEqual)(other, predicate.predicate);
            if (reports.some(isSame))
                return { since: madeAt };
            // A report has the time of the scan, not the time at which it was attached.
            return reports.length > 0
                ? { since: new Date(0) }
                : { since: undefined, why: 'this signer has attached no report of its findings' };
        },
    };
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetDownloadUrlForLayerCommand.js
var GetDownloadUrlForLayerCommand = __webpack_require__(88320);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/ListImageReferrersCommand.js


class ListImageReferrersCommand extends (0,commandBuilder/* command */.G5)(commandBuilder/* _ep0 */.lq, commandBuilder/* _mw0 */.yt, "ListImageReferrers", schemas_0/* ListImageReferrers$ */.sYB) {
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/BatchGetImageCommand.js
var BatchGetImageCommand = __webpack_require__(80454);
// EXTERNAL MODULE: ./aws/download.js
var download = __webpack_require__(68887);
// EXTERNAL MODULE: ./image/configs.js
var configs = __webpack_require__(95976);
// EXTERNAL MODULE: ./image/manifest.js
var manifest = __webpack_require__(84858);
// EXTERNAL MODULE: ./image/reference.js
var reference = __webpack_require__(90274);
// EXTERNAL MODULE: ./signing/retry.js
var retry = __webpack_require__(72443);
;// CONCATENATED MODULE: ./signing/evidence/ecr.js
/** Reads what is attached to a digest from ECR's API and the download URLs that it returns. */








// The maximum page size of ListImageReferrers. Source: ECR service model.
const REFERRERS_PER_PAGE = 50;
const DOWNLOAD_ATTEMPTS = 4;
/** @param environment may name an AWS endpoint in the SDK's own variables */
function ecrEvidence(clients, deadline, environment) {
    const plainHost = (0,configs/* plainEndpoint */.AU)(environment.AWS_ENDPOINT_URL_ECR ?? environment.AWS_ENDPOINT_URL);
    const request = async (action, { registry, repository }, send) => {
        try {
            return await send();
        }
        catch (error) {
            const resource = (0,reference/* repositoryArn */.qM)(registry, repository);
            if ((0,aws_errors/* isNamed */.ev)(error, 'RepositoryNotFoundException')) {
                throw new errors/* GateError */.ue('not-found', `ECR has no repository ${resource}.`, {
                    nextStep: 'Check the account, the region and the name of the repository.',
                    cause: error,
                });
            }
            throw (0,aws_errors/* translate */.Tl)(error, { action, resource }, deadline);
        }
    };
    const downloadUrl = (subject, layerDigest) => request('ecr:GetDownloadUrlForLayer', subject, () => clients.ecr(subject.registry).send(new GetDownloadUrlForLayerCommand/* GetDownloadUrlForLayerCommand */.p({
        registryId: subject.registry.account,
        repositoryName: subject.repository,
        layerDigest,
    }), { abortSignal: deadline.signal }));
    return {
        referrers: (subject, nextToken) => request('ecr:ListImageReferrers', subject, () => clients.ecr(subject.registry).send(new ListImageReferrersCommand({
            registryId: subject.registry.account,
            repositoryName: subject.repository,
            subjectId: { imageDigest: subject.digest },
            // By default ECR lists no archived referrers, and an archived one may revoke the verdict.
            filter: { artifactStatus: 'ANY' },
            maxResults: REFERRERS_PER_PAGE,
            nextToken,
        }), { abortSignal: deadline.signal })),
        manifests: (subject, ids) => request('ecr:BatchGetImage', subject, () => clients.ecr(subject.registry).send(new BatchGetImageCommand/* BatchGetImageCommand */.P({
            registryId: subject.registry.account,
            repositoryName: subject.repository,
            imageIds: [...ids],
            acceptedMediaTypes: [...manifest/* MANIFEST_MEDIA_TYPES */.$T],
        }), { abortSignal: deadline.signal })),
        blob: async (subject, digest, maxBytes) => {
            const result = await (0,retry/* retry */.L)(async () => {
                const { downloadUrl: url } = await downloadUrl(subject, digest);
                try {
                    if (!url)
                        throw new download/* DownloadFailed */.Q('ECR returned no URL', true);
                    const bytes = await (0,download/* download */.R)(url, { maxBytes, signal: deadline.signal, plainHost });
                    return { value: bytes, again: false };
                }
                catch (error) {
                    if (deadline.signal.aborted)
                        throw (0,aws_errors/* interrupted */.VM)(deadline, `the download of ${digest}`, error);
                    if (!(error instanceof download/* DownloadFailed */.Q))
                        throw error;
                    return { value: error, again: error.transient };
                }
            }, { deadline, attempts: DOWNLOAD_ATTEMPTS });
            if (result instanceof download/* DownloadFailed */.Q)
                throw result;
            return result;
        },
    };
}

// EXTERNAL MODULE: ./signing/notation/key.js
var notation_key = __webpack_require__(93155);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./signing/cosign/session.js
var cosign_session = __webpack_require__(70017);
// EXTERNAL MODULE: ./signing/notation/arguments.js
var notation_arguments = __webpack_require__(39924);
// EXTERNAL MODULE: ./signing/notation/environment.js
var environment = __webpack_require__(38653);
// EXTERNAL MODULE: ./signing/notation/session.js + 1 modules
var notation_session = __webpack_require__(11599);
// EXTERNAL MODULE: ./signing/notation/trust-policy.js
var trust_policy = __webpack_require__(677);
;// CONCATENATED MODULE: ./signing/notation/sign.js
/**
 * Signs images by digest with notation: looks for a valid signature by the same key first, signs if there is none, and
 * verifies afterwards. A trust policy can trust more keys than this one, and their signatures are not this key's.
 */












const SIGN_ATTEMPTS = 4;
// For a short time after a push, registries can return the content from before it.
const VERIFY_ATTEMPTS = 4;
/**
 * Gets everything ready that signing needs before the wait for the scan.
 * @param trust what a consumer verifies with; the gate verifies its signatures with it
 * @throws GateError `signing` or `input`
 */
async function prepareNotationSigner(key, trust, annotations, workspace, ports) {
    const own = key.kind === 'profile' ? onlyProfile(trust, key.arn) : withoutProfiles(trust, key.name);
    const session = await (0,notation_session/* openNotation */.hz)(own, ports);
    try {
        const certificate = key.kind === 'named' ? await writeKey(session, key.name, workspace) : undefined;
        return {
            version: session.version,
            sign: (target, policySha256) => {
                const metadata = {
                    ...annotations,
                    ...(0,notation_arguments/* verdictMetadata */.dr)(target, policySha256),
                    ...(certificate === undefined ? {} : (0,notation_arguments/* certificateMetadata */.b9)(certificate)),
                };
                return signOnce({ session, key, certificate, target, metadata });
            },
            close: session.close,
        };
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
/** The same trust policy with one profile only, so that the signature of another one does not count as this gate's. */
function onlyProfile(trust, arn) {
    const profiles = trust.profiles.filter((profile) => profile.arn === arn);
    if (profiles.length === 0)
        throw notTrusted(arn);
    const document = JSON.parse(trust.json);
    const trustPolicies = document.trustPolicies
        .filter(({ trustedIdentities }) => trustedIdentities.includes(arn))
        .map((statement) => ({ ...statement, trustedIdentities: [arn] }));
    return { ...trust, ...(0,trust_policy/* parseTrustPolicy */.G)(JSON.stringify({ ...document, trustPolicies })) };
}
function withoutProfiles(trust, name) {
    if (trust.profiles.length > 0)
        throw notTrusted(`notation:${name}`);
    return trust;
}
function notTrusted(key) {
    return new errors/* GateError */.ue('input', `Input notation-trust-policy: it does not trust the signing key ${key}.`, {
        nextStep: 'Use the trust policy by which the signatures are verified before a deployment.',
    });
}
/**
 * Writes the private configuration for a key of the user's configuration. The key stays where it is; its certificates are
 * copied, so that notation signs with the one whose fingerprint is returned.
 * @returns the fingerprint of its certificate: SHA-256, in lower-case hex
 * @throws GateError `signing`
 */
async function writeKey(session, name, workspace) {
    const directory = (0,environment/* configurationDirectory */.Mj)(session.ports.environment);
    const path = directory === undefined ? undefined : (0,external_node_path_.join)(directory, 'signingkeys.json');
    const refuse = (why, cause) => new errors/* GateError */.ue('signing', `The signing key notation:${name} cannot be used: ${why}.`, {
        nextStep: `Add the key with notation key add or notation cert generate-test before this step, or use the ARN of a signing profile of AWS Signer.`,
        cause,
    });
    if (path === undefined)
        throw refuse('the configuration directory of notation is unknown');
    let entry;
    try {
        const real = await (0,files_0/* regularFile */.VI)('signing-key', (0,external_node_path_.resolve)(path), workspace, MOST_BYTES);
        if (real === undefined)
            throw new Error('it does not exist');
        entry = keyFiles((await (0,files_0/* readRegularFile */.XF)(real, MOST_BYTES)).toString('utf8'), name);
    }
    catch (error) {
        throw refuse(`${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, error);
    }
    if (entry === undefined)
        throw refuse(`${path} has no key of this name with the files keyPath and certPath`);
    const { keyPath, certPath } = entry;
    const file = async (named) => {
        if (!(0,external_node_path_.isAbsolute)(named))
            throw refuse(`${path} names a relative path`);
        const real = await (0,files_0/* regularFile */.VI)('signing-key', named, workspace, MOST_BYTES);
        if (real === undefined)
            throw refuse(`${named} does not exist`);
        return real;
    };
    await file(keyPath);
    const chain = await file(certPath);
    let certificates;
    let fingerprint;
    try {
        certificates = await (0,files_0/* readRegularFile */.XF)(chain, MOST_BYTES);
        // It reads the first one of a file, which is the signing certificate.
        fingerprint = new external_node_crypto_.X509Certificate(certificates).fingerprint256.replaceAll(':', '').toLowerCase();
    }
    catch (error) {
        throw refuse(`${certPath} has no certificate that can be read: ${(0,errors/* messageOf */.bD)(error)}`, error);
    }
    const copy = (0,external_node_path_.join)(session.config, 'certificates.pem');
    await (0,promises_.writeFile)(copy, certificates, { mode: 0o600 });
    const keys = { default: notation_arguments/* KEY_NAME */.GX, keys: [{ name: notation_arguments/* KEY_NAME */.GX, keyPath, certPath: copy }] };
    await (0,promises_.writeFile)((0,external_node_path_.join)(session.config, 'signingkeys.json'), JSON.stringify(keys), { mode: 0o600 });
    return fingerprint;
}
const MOST_BYTES = 1024 * 1024;
/**
 * The files of a key in signingkeys.json; undefined if it has no such key, or one of a plugin.
 * Source: notation-go v1.3.2, config/keys.go.
 */
function keyFiles(text, name) {
    const { keys } = JSON.parse(text);
    const entries = Array.isArray(keys) ? keys : [];
    const entry = entries.find((one) => one?.name === name);
    const { keyPath, certPath } = (entry ?? {});
    return typeof keyPath === 'string' && typeof certPath === 'string' ? { keyPath, certPath } : undefined;
}
async function signOnce(task) {
    const { session, key, target, metadata } = task;
    const { deadline, log } = session.ports;
    const image = (0,reference/* imageUri */.W_)(target.registry, target.repository, target.digest);
    const report = { digest: target.digest, format: 'notation', platform: target.platform };
    // A valid signature that exists is kept: another one would only be added to it.
    if ((await verifyOwn(task, image)).ok)
        return { ...report, state: 'already-signed' };
    const args = (0,notation_arguments/* signArguments */.gh)(image, metadata, key.kind === 'profile' ? key : undefined);
    const failure = await (0,retry/* retry */.L)(async () => {
        const result = await session.call(args, target.registry);
        if (result.exitCode === 0)
            return { value: undefined, again: false };
        (0,cosign_session/* stopIfOver */.UH)(deadline, `signing ${image}`);
        const value = (0,notation_session/* failureOf */.g5)(result);
        if (value.transient)
            log(`Notation failed, and may be tried again: ${value.message}`);
        return { value, again: value.transient };
    }, { deadline, attempts: SIGN_ATTEMPTS });
    if (failure !== undefined) {
        throw new errors/* GateError */.ue('signing', `notation did not sign ${image}: ${failure.message}`, {
            nextStep: failure.nextStep,
        });
    }
    const after = await (0,retry/* retry */.L)(async () => {
        const value = await verifyOwn(task, image);
        return { value, again: !value.ok };
    }, { deadline, attempts: VERIFY_ATTEMPTS });
    if (after.ok)
        return { ...report, state: 'signed' };
    throw new errors/* GateError */.ue('signing', `The new signature of ${image} could not be verified: ${after.message}`, {
        nextStep: after.nextStep ??
            'Do not deploy this image. Check that notation-trust-policy and notation-trust-store trust the signing key.',
    });
}
/** Verifies that there is a valid signature by the key itself, not only by another identity that the trust policy trusts. */
async function verifyOwn({ session, certificate, target, metadata }, image) {
    const verified = await (0,notation_session/* verifySignature */.Od)(session, target, metadata);
    if (!verified.ok || certificate === undefined)
        return verified;
    const { exitCode, stdout } = await session.call((0,notation_arguments/* inspectArguments */.Dl)(image), target.registry);
    if (exitCode === 0 && (0,notation_arguments/* isOnlyBy */.YE)(stdout, certificate))
        return { ok: true };
    (0,cosign_session/* stopIfOver */.UH)(session.ports.deadline, `verifying ${image}`);
    return {
        ok: false,
        message: 'notation verified a signature that names the certificate of the signing key, but its list of signatures does not show that this certificate made it',
        nextStep: 'Do not deploy this image. Look at its signatures with notation inspect, and remove those that are damaged or that name the certificate of another key.',
        transient: false,
        isUnsigned: false,
    };
}

// EXTERNAL MODULE: ./signing/notation/trust.js
var notation_trust = __webpack_require__(44438);
// EXTERNAL MODULE: ./signing/cosign/arguments.js
var cosign_arguments = __webpack_require__(35125);
// EXTERNAL MODULE: ./signing/cosign/by-hand.js
var by_hand = __webpack_require__(25940);
// EXTERNAL MODULE: ./signing/cosign/check.js
var check = __webpack_require__(35557);
// EXTERNAL MODULE: ./signing/cosign/output.js
var output = __webpack_require__(61920);
;// CONCATENATED MODULE: ./signing/cosign/create.js





const ATTEMPTS_WITH_KEY = 4;
// The public Sigstore services can be unavailable for minutes, and cosign itself tries only twice.
const KEYLESS_MS = 10 * 60_000;
/**
 * Calls cosign to sign or attest. A temporary failure is tried again: four times with a key, for ten minutes where Fulcio
 * and Rekor are needed, and never past the deadline.
 * @param args is called for each attempt, since the time that a call may take changes
 * @param doing what is being done, for a message: `signing IMAGE`
 * @returns why it failed; undefined if it succeeded
 * @throws GateError `timeout` or `cancelled` if the run has ended
 */
async function create(session, args, registry, doing) {
    const { deadline } = session.ports;
    const isKeyless = session.key === 'keyless';
    const startedMs = deadline.elapsedMs();
    const attempts = isKeyless ? Number.POSITIVE_INFINITY : ATTEMPTS_WITH_KEY;
    let made = 0;
    return (0,retry/* retry */.L)(async () => {
        made += 1;
        const result = await (0,cosign_session/* call */.T1)(session, args(), registry);
        if (result.exitCode === 0)
            return { value: undefined, again: false };
        (0,cosign_session/* stopIfOver */.UH)(deadline, doing);
        const failure = (0,cosign_session/* failureOf */.g5)(result);
        const again = isKeyless
            ? (failure.transient || result.timedOut) && deadline.elapsedMs() - startedMs < KEYLESS_MS
            : failure.transient;
        if (again && made < attempts)
            session.ports.log(`Trying again: ${failure.message}`);
        return { value: failure, again };
    }, { deadline, attempts });
}
/**
 * Downloads the bundle that was attached and verified, so that it can be written to the report directory. No verdict
 * depends on it: where it cannot be downloaded, the log says so.
 * @param verified what cosign printed when it verified the bundle
 */
async function attachedBundle(session, { image, type, registry }, verified, isWanted) {
    const { ports } = session;
    const args = (0,cosign_arguments/* downloadArguments */.xh)(image, type, (0,cosign_session/* callTime */.Q5)(ports.deadline));
    const result = await (0,cosign_session/* call */.T1)(session, args, registry, { mostOutput: check/* MOST_ATTESTATIONS_BYTES */.M1 });
    const bundle = (0,output/* verifiedBundle */.FO)(result.stdout, verified, isWanted);
    if (bundle === undefined)
        ports.log(`The bundle (${type}) of ${image} could not be downloaded.`);
    return bundle;
}

// EXTERNAL MODULE: ./signing/cosign/failures.js
var failures = __webpack_require__(95282);
;// CONCATENATED MODULE: ./signing/attest.js
/** Attaches a claim to an image with cosign, and verifies it as a consumer would. */













// Where a registry keeps attestations under a tag, runs that push at the same time overwrite each other's.
const ATTEST_ATTEMPTS = 3;
const attest_VERIFY_ATTEMPTS = 4;
/**
 * Attaches one claim, and verifies it: cosign checks the signature, the rest is checked in what it prints.
 * @throws GateError `signing`; `timeout` or `cancelled` if the run has ended
 */
async function attestOnce(task) {
    const { session, target, format, claim } = task;
    const { deadline } = session.ports;
    const { type, predicate } = claim.predicate;
    const predicateFile = (0,external_node_path_.join)(session.home, 'predicate.json');
    await (0,promises_.writeFile)(predicateFile, JSON.stringify(predicate), { mode: 0o600 });
    const command = summaryCommandOf(task);
    const report = { digest: target.digest, platform: target.platform, format, type, command };
    const result = await (0,retry/* retry */.L)(async () => {
        const failure = await attach(task, predicateFile);
        if (failure !== undefined)
            return { value: await afterFailure(task, failure), again: false };
        const found = await lookForClaim(task);
        const value = found.isCurrent
            ? { state: 'attested', output: found.output }
            : { state: 'missing', why: found.why };
        return { value, again: !found.isCurrent && !found.isRevoked };
    }, { deadline, attempts: ATTEST_ATTEMPTS });
    if (result.state === 'kept')
        return { ...report, state: 'kept', bundle: undefined };
    if (result.state === 'attested') {
        const bundle = format === 'bundle' ? await claimBundle(task, result.output) : undefined;
        return { ...report, state: 'attested', bundle };
    }
    throw new errors/* GateError */.ue('signing', `The new attestation of ${imageOf(task)} could not be verified: ${result.why}`, {
        nextStep: 'Check that the registry supports OCI referrers, and that the verdict was not revoked by another attestation. Then run the step again.',
    });
}
/** The command that verifies the claim by hand, if it is a verification summary. */
function summaryCommandOf({ session, verifier, target, format, claim }) {
    const { type, predicate } = claim.predicate;
    const summary = type === statements_predicate/* SUMMARY_TYPE */.G_ ? (0,statements_predicate/* readSummary */.L_)(predicate) : undefined;
    if (summary === undefined)
        return undefined;
    const { resourceUri, policy } = summary;
    const says = { type, resourceUri, policySha256: policy.digest?.sha256 ?? '' };
    return (0,by_hand/* summaryCommand */.K)((0,cosign_session/* byHand */.XL)(session, verifier, target, format), says);
}
function imageOf({ target }) {
    return (0,reference/* imageUri */.W_)(target.registry, target.repository, target.digest);
}
function doing(task) {
    return `attesting ${imageOf(task)}`;
}
function attach(task, predicateFile) {
    const { session, key, target, format, claim } = task;
    const request = {
        ...session,
        key,
        image: imageOf(task),
        format,
        type: claim.predicate.type,
        predicateFile,
    };
    return create(session, () => (0,cosign_arguments/* attestArguments */.oN)({ ...request, timeoutMs: (0,cosign_session/* callTime */.Q5)(session.ports.deadline) }), target.registry, doing(task));
}
/**
 * Keeps an earlier attestation where its tag is immutable.
 * @throws GateError in every other case
 */
async function afterFailure(task, failure) {
    const { session, claim } = task;
    const { exists } = await findClaim(task);
    if (exists && (0,failures/* isTagTaken */._F)(failure.message)) {
        session.ports.warn(`The attestation (${claim.predicate.type}) of ${imageOf(task)} could not be renewed: in format legacy it is stored under a tag, and the tags of this repository are immutable. The existing attestation was kept. Use signature-format: bundle, or exclude sha256-*.att from tag immutability.`);
        return { state: 'kept' };
    }
    (0,cosign_session/* stopIfOver */.UH)(session.ports.deadline, doing(task));
    throw new errors/* GateError */.ue('signing', `cosign did not attest ${imageOf(task)}: ${failure.message}`, {
        nextStep: failure.nextStep,
    });
}
function claimBundle(task, verified) {
    const { session, target, claim } = task;
    const isOurs = (statement) => claim.find([statement]).since !== undefined;
    const where = { image: imageOf(task), type: claim.predicate.type, registry: target.registry };
    return attachedBundle(session, where, verified, isOurs);
}
/** @throws GateError `timeout` or `cancelled` if the claim was not found and the run has ended */
function lookForClaim(task) {
    const { deadline } = task.session.ports;
    return (0,retry/* retry */.L)(async () => {
        const found = await findClaim(task);
        if (!found.isCurrent)
            (0,cosign_session/* stopIfOver */.UH)(deadline, doing(task));
        return { value: found, again: !found.isCurrent && !found.isRevoked };
    }, { deadline, attempts: attest_VERIFY_ATTEMPTS });
}
async function findClaim(task) {
    const { session, target, format, claim, verifier } = task;
    const wanted = { type: claim.predicate.type };
    const checked = await (0,check/* checkOnce */.Gb)(session, { subject: target, verifier, format, wanted });
    const none = { exists: false, isCurrent: false, isRevoked: false, output: '' };
    if (!checked.ok)
        return { ...none, why: checked.message };
    const found = claim.find((0,statements_statement/* statementsOf */.GX)(checked.stdout));
    if (found.since === undefined)
        return { ...none, isRevoked: found.isRevoked ?? false, why: found.why };
    return {
        exists: true,
        isCurrent: found.since >= claim.madeAt,
        isRevoked: false,
        why: 'the newest attestation that could be verified is older',
        output: checked.stdout,
    };
}

// EXTERNAL MODULE: ./signing/cosign/provision.js + 1 modules
var provision = __webpack_require__(58850);
;// CONCATENATED MODULE: ./signing/kms-key.js
/** Checks whether a KMS key can sign, before the wait for the scan and without signing anything. */






/** If KMS does not respond in this time, the check has no result. */
const MOST_MS = 20_000;
const BLOB = 'Used to check whether the signing key can be used.';
/** A bundle with a signature that no key can have made: 1 and 1, as ECDSA encodes them. */
const INVALID_BUNDLE = JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: '' } },
    messageSignature: {
        messageDigest: { algorithm: 'SHA2_256', digest: (0,external_node_crypto_.createHash)('sha256').update(BLOB).digest('base64') },
        signature: 'MAYCAQECAQE=',
    },
});
/**
 * Has cosign verify an invalid signature with the key. cosign then reads the key (kms:GetPublicKey, kms:DescribeKey) and
 * chooses an algorithm. Only failures with a known cause are reported, such as a key that does not exist, is disabled or
 * cannot sign, or a missing permission. Every other result says nothing against the key, the invalid signature included.
 * @throws GateError `signing`
 */
async function checkKmsKey(session, key, registry) {
    const files = {
        bundle: (0,external_node_path_.join)(session.home, 'key-check.sigstore.json'),
        blob: (0,external_node_path_.join)(session.home, 'key-check.txt'),
        trustedRoot: session.emptyRoot,
    };
    await (0,promises_.writeFile)(files.bundle, INVALID_BUNDLE, { mode: 0o600 });
    await (0,promises_.writeFile)(files.blob, BLOB, { mode: 0o600 });
    const result = await (0,cosign_session/* call */.T1)(session, (0,cosign_arguments/* verifyBlobArguments */.Jc)(key, files), registry, { mostMs: MOST_MS });
    if (result.exitCode === 0 || result.timedOut)
        return;
    const { message, nextStep, transient } = (0,cosign_session/* failureOf */.g5)(result);
    if (transient || nextStep === undefined)
        return;
    throw new errors/* GateError */.ue('signing', `The signing key ${key.reference} cannot be used: ${message}`, { nextStep });
}

;// CONCATENATED MODULE: ./signing/public-log.js
/** Warns before the public transparency log publishes facts about a private repository. */

/** Whether the event that started the workflow comes from a public repository. If the event does not say so, it is not. */
function isPublicRepository(event) {
    const { repository } = (event ?? {});
    if (repository?.visibility !== undefined)
        return repository.visibility === 'public';
    return repository?.private === false;
}
/** Warns before anything is published: entries in the log cannot be removed. */
async function warnOfPublicLog({ environment, warn, }) {
    if (isPublicRepository(await eventOf(environment.GITHUB_EVENT_PATH)))
        return;
    warn('This repository is not public, and keyless signing permanently publishes its name, the workflow, the ref, the commit and the digest of the image in the public transparency log. Set transparency-log: true to accept this, or sign with a KMS key.');
}
async function eventOf(path) {
    try {
        return JSON.parse(await (0,promises_.readFile)(path ?? '', 'utf8'));
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./signing/requirements.js
var requirements = __webpack_require__(833);
// EXTERNAL MODULE: ./signing/verifier.js
var signing_verifier = __webpack_require__(50067);
;// CONCATENATED MODULE: ./signing/sign.js
/** Signs images by digest with cosign: looks for a valid signature first, signs if there is none, and verifies afterwards. */
















// For a short time after a push, registries can return the content from before it.
const sign_VERIFY_ATTEMPTS = 4;
/**
 * Gets everything ready that signing needs before the wait for the scan, so that a run fails at once if something is
 * missing.
 * @throws GateError `signing` or `input`; `timeout` or `cancelled` if the run has ended
 */
async function prepareSigner(settings, ports) {
    const { key } = settings;
    const { environment, deadline } = ports;
    (0,requirements/* requireAnnotations */.i$)(settings.annotations);
    if (key.kind === 'file')
        await (0,requirements/* requireKeyFile */.vZ)(key.path);
    (0,requirements/* requireIdToken */.it)(key, environment);
    if (key.kind === 'keyless' && settings.services === undefined && !settings.transparencyLog) {
        await warnOfPublicLog(ports);
    }
    const cosign = await (0,provision/* provisionCosign */.$0)(settings.cosignVersion, { ...ports, signal: deadline.signal });
    const session = await (0,cosign_session/* openSession */.fA)(cosign, {
        key: key.kind,
        keyRegion: key.kind === 'kms' ? key.region : undefined,
        // Without a transparency log no service is called, private ones included.
        services: key.kind === 'keyless' || settings.transparencyLog ? settings.services : undefined,
        transparencyLog: settings.transparencyLog,
    }, ports);
    try {
        (0,requirements/* requireSupport */.bG)(cosign, settings);
        // Reading a key file shows now whether its password is right.
        let verifier = key.kind === 'file' ? await (0,signing_verifier/* ownVerifier */.D)(session, key) : undefined;
        const formats = settings.format === 'both' ? ['bundle', 'legacy'] : [settings.format];
        return {
            cosignVersion: cosign.version,
            checkKey: async (registry) => {
                if (key.kind === 'kms')
                    await checkKmsKey(session, key, registry);
                verifier ??= await (0,signing_verifier/* ownVerifier */.D)(session, key);
            },
            refuseRevoked: async (targets) => {
                verifier ??= await (0,signing_verifier/* ownVerifier */.D)(session, key);
                // Only a run that signs loads it.
                const { refuseRevoked } = await Promise.all(/* import() */[__webpack_require__.e(3139), __webpack_require__.e(1528)]).then(__webpack_require__.bind(__webpack_require__, 41528));
                for (const subject of targets)
                    await refuseRevoked({ session, verifier, subject });
            },
            sign: async (target) => {
                await (0,cosign_session/* logIn */.E8)(session, target.registry);
                verifier ??= await (0,signing_verifier/* ownVerifier */.D)(session, key);
                const reports = [];
                for (const format of formats) {
                    reports.push(await sign_signOnce({ session, settings, target, format, verifier }));
                }
                return reports;
            },
            attest: async (target, claims) => {
                await (0,cosign_session/* logIn */.E8)(session, target.registry);
                verifier ??= await (0,signing_verifier/* ownVerifier */.D)(session, key);
                const reports = [];
                for (const format of formats) {
                    for (const claim of claims) {
                        reports.push(await attestOnce({ session, key, target, format, claim, verifier }));
                    }
                }
                return reports;
            },
            close: session.close,
        };
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
/** Signs a digest in one format. A valid signature that exists is kept: another one would only be added to it. */
async function sign_signOnce(task) {
    const { session, settings, target, format } = task;
    const { deadline } = session.ports;
    const image = (0,reference/* imageUri */.W_)(target.registry, target.repository, target.digest);
    const doing = `signing ${image}`;
    const reported = async (state, verified) => ({
        digest: target.digest,
        format,
        platform: target.platform,
        state,
        bundle: format === 'bundle' ? await signatureBundle(task, image, verified) : undefined,
        command: (0,by_hand/* signatureCommand */.q)((0,cosign_session/* byHand */.XL)(session, task.verifier, target, format), settings.annotations),
    });
    // After a temporary failure the signature may still exist.
    const before = await lookForSignature(task, doing, ({ transient }) => transient);
    if (before.verified)
        return reported('already-signed', before.output);
    const request = () => ({ ...session, ...settings, image, format, timeoutMs: (0,cosign_session/* callTime */.Q5)(deadline) });
    const failure = await create(session, () => (0,cosign_arguments/* signArguments */.gh)(request()), target.registry, doing);
    if (failure !== undefined) {
        // If another run has signed in the meantime, the tag of a legacy signature exists and may be immutable.
        const mayExist = failure.transient || (0,failures/* isTagTaken */._F)(failure.message);
        const now = mayExist ? await lookForSignature(task, doing, () => false) : undefined;
        if (now?.verified)
            return reported('already-signed', now.output);
        throw new errors/* GateError */.ue('signing', `cosign did not sign ${image}: ${failure.message}`, {
            nextStep: failure.nextStep,
        });
    }
    const after = await lookForSignature(task, doing, () => true);
    if (after.verified)
        return reported('signed', after.output);
    throw new errors/* GateError */.ue('signing', `The new signature of ${image} could not be verified: ${after.why}`, {
        nextStep: 'Do not deploy this image. Check that the registry supports OCI referrers, and run the step again.',
    });
}
function signatureBundle({ session, settings, target }, image, verified) {
    const where = { image, type: cosign_arguments/* SIGNATURE_TYPE */.uf, registry: target.registry };
    return attachedBundle(session, where, verified, (statement) => (0,output/* isSignature */.hi)(statement, target.digest, settings.annotations));
}
/**
 * Looks for a signature that verifies.
 * @param mayAppear whether to look again where none was found
 * @throws GateError `timeout` or `cancelled` if none was found and the run has ended
 */
function lookForSignature(task, doing, mayAppear) {
    const { deadline } = task.session.ports;
    return (0,retry/* retry */.L)(async () => {
        const found = await findSignature(task);
        if (!found.verified)
            (0,cosign_session/* stopIfOver */.UH)(deadline, doing);
        return { value: found, again: !found.verified && mayAppear(found) };
    }, { deadline, attempts: sign_VERIFY_ATTEMPTS });
}
/** cosign's exit code 0 alone does not count: its output has to name this digest and the type of a signature. */
async function findSignature(task) {
    const { session, settings, target, format, verifier } = task;
    const { annotations } = settings;
    const checked = await (0,check/* checkOnce */.Gb)(session, { subject: target, verifier, format, wanted: { annotations } });
    if (!checked.ok) {
        return { verified: false, why: checked.message, transient: checked.transient, output: '' };
    }
    const proves = format === 'bundle' ? output/* provesBundle */.GX : output/* provesLegacy */.XB;
    const verified = proves(checked.stdout, target.digest, annotations);
    const why = verified ? '' : 'cosign’s output does not name this digest and these annotations';
    return { verified, why, transient: false, output: checked.stdout };
}

// EXTERNAL MODULE: ./version.js
var version = __webpack_require__(37253);
;// CONCATENATED MODULE: ./modes/sign.js
/** Signs and attests images that passed. */



















/**
 * Prepares cosign or notation and their credentials, and records what will sign.
 * @param registries the registries of the images; at least one
 */
function prepare(signing, registries, clients, context, state) {
    const { key, notation, format, transparencyLog, sign } = signing;
    const keys = [
        ...(key === undefined ? [] : [cosignKeyText(key)]),
        ...(notation ? [(0,notation_key/* keyText */.P)(notation.key)] : []),
    ];
    state.signing = {
        key: keys.join(' and '),
        format: key === undefined ? 'notation' : format,
        transparencyLog: transparencyLog || key?.kind === 'keyless',
        sign,
        cosignVersion: undefined,
        notationVersion: undefined,
        state: 'withheld',
    };
    const ports = signingPorts(clients, context);
    const signers = prepareSigners(signing, context.workspace, ports);
    const [registry] = registries;
    if (registry === undefined)
        throw new Error('there are no images');
    return {
        signers,
        checks: [
            ['Signing', () => signers],
            ['Signing key', async () => (await signers).cosign?.checkKey(registry)],
            ...registries.map((one) => ['Registry login', () => ports.authorize(one)]),
        ],
        checkReferrers: async (image) => {
            try {
                await (0,briefly/* briefly */.m)(context.deadline, () => ports.evidence.referrers(image, undefined));
            }
            catch (error) {
                if (error instanceof errors/* GateError */.ue && error.code === 'access-denied')
                    throw error;
            }
        },
    };
}
function cosignKeyText(key) {
    return key.kind === 'kms' ? key.reference : key.kind === 'file' ? key.path : 'keyless';
}
/** Prepares cosign and notation. If one of the two fails, the files of the other are removed. */
async function prepareSigners({ key, notation, ...settings }, workspace, ports) {
    if (key !== undefined)
        await checkCosignFiles([key], settings.services, workspace);
    const trust = notation && (await (0,notation_trust/* readTrust */.b)(notation.trust, workspace));
    const cosign = key && (await prepareSigner({ ...settings, key }, ports));
    try {
        const notationSigner = notation &&
            trust &&
            (await prepareNotationSigner(notation.key, trust, settings.annotations, workspace, ports));
        return {
            cosign,
            notation: notationSigner,
            close: async () => {
                await Promise.all([cosign?.close(), notationSigner?.close()]);
            },
        };
    }
    catch (error) {
        await cosign?.close();
        throw error;
    }
}
/** Keys and Sigstore configurations are much smaller. */
const sign_MOST_BYTES = 1024 * 1024;
/**
 * Checks the files that are passed to cosign. Errors of cosign quote parts of a configuration that it cannot parse. With a
 * wrong path, or a link in the checkout, that could be a file with secrets.
 * @throws GateError `input`
 */
async function checkCosignFiles(keys, services, workspace) {
    const files = [
        ...keys.map((key) => ['signing-key', key.kind === 'file' ? key.path : undefined, undefined]),
        ['sigstore-signing-config', services?.signingConfig, 'signing config'],
        ['sigstore-trusted-root', services?.trustedRoot, 'trusted root'],
    ];
    for (const [input, path, what] of files) {
        if (path === undefined)
            continue;
        const real = await (0,files_0/* regularFile */.VI)(input, (0,external_node_path_.resolve)(path), workspace, sign_MOST_BYTES);
        if (real === undefined || what === undefined || isOfSigstore(await (0,promises_.readFile)(real, 'utf8')))
            continue;
        throw new errors/* GateError */.ue('input', `Input ${input}: ${path} is not a Sigstore ${what}.`, {
            nextStep: `Set ${input} to the JSON file of the ${what}. Its mediaType begins with ${OF_SIGSTORE}`,
        });
    }
}
const OF_SIGSTORE = 'application/vnd.dev.sigstore.';
/** Whether a text is a signing config or a trusted root. Source: sigstore/protobuf-specs, both in JSON. */
function isOfSigstore(text) {
    try {
        const { mediaType } = (JSON.parse(text) ?? {});
        return typeof mediaType === 'string' && mediaType.startsWith(OF_SIGSTORE);
    }
    catch {
        return false;
    }
}
/** Requests the credentials of a registry once. ECR's are valid for twelve hours, longer than a run. */
function oncePerHost(request) {
    const requested = new Map();
    return (registry) => {
        const known = requested.get(registry.host) ?? request(registry);
        requested.set(registry.host, known);
        return known;
    };
}
/** The adapters for signing and verifying. */
function signingPorts(clients, context) {
    const { deadline, environment, log, warn, mask } = context;
    return {
        deadline,
        log,
        warn,
        mask,
        authorize: oncePerHost((registry) => registryCredentials(clients, deadline, registry)),
        evidence: ecrEvidence(clients, deadline, environment),
        // The package has its own HTTP client, which no other run needs.
        identityToken: async (audience) => (await Promise.all(/* import() */[__webpack_require__.e(459), __webpack_require__.e(1500)]).then(__webpack_require__.bind(__webpack_require__, 11500))).getIDToken(audience),
        download: async (url) => {
            // It cannot be aborted, so it must not begin when the run is over.
            if (deadline.signal.aborted)
                throw (0,aws_errors/* interrupted */.VM)(deadline, `the download of ${url}`);
            return (await Promise.all(/* import() */[__webpack_require__.e(7645), __webpack_require__.e(459), __webpack_require__.e(1500), __webpack_require__.e(3387)]).then(__webpack_require__.bind(__webpack_require__, 33387))).downloadTool(url);
        },
        environment,
        workingDirectory: process.cwd(),
    };
}
/**
 * Signs and attests every image and, where the inputs require it, its platforms. One failure fails the run. If the verdict
 * on one image was revoked, none is signed.
 */
async function signAll(images, signing, state, { log }, signers) {
    begin(state, signers);
    await signers.cosign?.refuseRevoked(images.flatMap((image) => targetsOf(image, signing.platforms)));
    for (const [index, image] of images.entries()) {
        await signOne(image, index, { signing, state, log, signers });
    }
    if (state.signing === undefined)
        throw new Error('the signers were not prepared');
    state.signing = { ...state.signing, state: 'done' };
}
/**
 * Signs and attests each image that passed and whose verdict was not revoked. A failure is the error of its image, and
 * the others are still signed. An image is not signed if one of the digests to sign is that of an image of this run that
 * did not pass, such as a platform image that was judged by itself as well.
 * @param images all images of the run, in the order of the state
 * @throws GateError an error that ends the whole run; then no signature of the run counts
 */
async function signEach(images, signing, state, { log }, signers) {
    begin(state, signers);
    const refused = images.flatMap((image, index) => (passed(state, index) || !(0,resolve/* isResolved */.ZY)(image) ? [] : image));
    for (const [index, image] of images.entries()) {
        if (!(0,resolve/* isResolved */.ZY)(image) || !passed(state, index))
            continue;
        const targets = targetsOf(image, signing.platforms);
        try {
            const shared = refused.find((other) => targets.some((target) => isTarget(target, other)));
            if (shared !== undefined)
                throw sharesRefused(image, shared);
            await signers.cosign?.refuseRevoked(targets);
            await signOne(image, index, { signing, state, log, signers });
        }
        catch (error) {
            if ((0,errors/* endsRun */.sl)(error))
                throw error;
            change(state, index, () => ({ outcome: { kind: 'error', error: (0,errors/* toGateError */.Vl)(error) } }));
        }
    }
    const signed = state.images.filter((image) => image.signed).length;
    const complete = signed === state.images.length ? 'done' : 'partly';
    if (state.signing === undefined)
        throw new Error('the signers were not prepared');
    state.signing = { ...state.signing, state: signed === 0 ? 'failed' : complete };
}
/** Records that signing begins. Until it is complete, it counts as failed. */
function begin(state, { cosign, notation }) {
    if (state.signing === undefined)
        throw new Error('the signers were not prepared');
    state.signing = {
        ...state.signing,
        cosignVersion: cosign?.cosignVersion,
        notationVersion: notation?.version,
        state: 'failed',
    };
}
function passed({ images }, index) {
    const image = images[index];
    return image !== undefined && (0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image));
}
function isTarget({ registry, repository, digest }, image) {
    return (digest === image.digest &&
        repository === image.repository &&
        registry.account === image.registry.account &&
        registry.region === image.registry.region);
}
function sharesRefused({ uri }, other) {
    return new errors/* GateError */.ue('signing', `${uri} was not signed: ${other.uri}, which would be signed with it, did not pass in this run.`, { nextStep: `Fix ${other.uri}, or remove it from the index, and run the step again.` });
}
/** Signs and attests one image that passed and, where the inputs require it, its platforms. */
async function signOne(image, index, { signing, state, log, signers: { cosign, notation }, }) {
    for (const target of targetsOf(image, signing.platforms)) {
        const judgedImage = state.images[index];
        if (judgedImage === undefined)
            throw new Error('an image that was not judged is never signed');
        const summary = summaryInput(judgedImage, target, state.known);
        const wanted = claims(judgedImage, target, signing.attest, summary, state.known);
        const report = (made) => {
            change(state, index, ({ signatures }) => ({ signatures: [...signatures, ...made] }));
            for (const { state, format } of made)
                log(`${state === 'signed' ? 'Signed' : 'Already signed'} (${format}): ${target.digest}`);
        };
        if (cosign !== undefined) {
            report(await cosign.sign(target));
            const attested = await cosign.attest(target, wanted);
            change(state, index, ({ verdictAttestations }) => ({
                verdictAttestations: [...verdictAttestations, ...attested],
            }));
            for (const { state, format, type } of attested)
                log(`${state === 'attested' ? 'Attested' : 'Kept'} (${format}): ${type} of ${target.digest}`);
        }
        if (notation !== undefined)
            report([await notation.sign(target, summaryPolicy(summary))]);
    }
    change(state, index, () => ({ signed: true }));
}
function change(state, index, by) {
    state.images = state.images.map((image, at) => (at === index ? { ...image, ...by(image) } : image));
}
/** The digests of an image that are signed: its own and, where required, those of its platforms. */
function targetsOf(image, platforms) {
    const { registry, repository } = image;
    const own = { digest: image.digest, platform: undefined };
    return [own, ...(platforms && image.isIndex ? image.platforms : [])].map(({ digest, platform }) => ({
        registry,
        repository,
        digest,
        platform,
    }));
}
/** What the summary says of one digest of an image that passed. Verdict and counts are those of the whole image. */
function summaryInput(image, { registry, repository }, { settings, documents, judgedAt, baseline }) {
    const { outcome, weakened, baseImages = [] } = image;
    if (!(0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image)) || outcome.kind !== 'judged' || outcome.verdict.verdict === 'block') {
        throw new Error('an image that did not pass is never attested');
    }
    if (settings === undefined || judgedAt === undefined || weakened === undefined) {
        throw new Error('an image that was not judged is never attested');
    }
    const { verdict, counts, exceptions, gone } = outcome.verdict;
    return {
        resourceUri: (0,statements_predicate/* resourceUri */.N)(registry, repository),
        verifiedAt: judgedAt,
        policy: documents?.policy,
        weakening: { ...weakened },
        thresholds: settings,
        verdict,
        counts: { ...counts },
        exceptionsUsed: exceptions
            .filter(({ applied }) => applied > 0)
            .map(({ exception: { ids, reason, approvedBy, ticket }, ends }) => ({
            id: ids.join(', '),
            reason,
            expires: ends,
            approvedBy,
            ticket,
        })),
        // If the baseline is the image itself, it was not used.
        baseline: gone === undefined ? undefined : baseline?.uri,
        baseImages: weakened['base-image'] ? baseImages.flatMap(({ deciding }) => deciding) : [],
        scannedAt: (0,age/* oldest */.os)(scansOf(image)),
        actionVersion: version/* VERSION */.x,
        verifiedLevels: [statements_predicate/* PASSED_LEVEL */.sn],
        inputAttestations: image.inputAttestations ?? [],
    };
}
function scansOf({ platforms }) {
    return platforms.flatMap(({ scannedAt }) => scannedAt ?? []);
}
/** What is attested of one digest of an image that passed. */
function claims(image, { digest, platform }, attest, input, { settings, judgedAt }) {
    if (attest === 'none')
        return [];
    const summary = summaryClaim(input, digest);
    if (attest === 'summary')
        return [summary];
    const { outcome } = image;
    if (outcome.kind !== 'judged' || settings === undefined || judgedAt === undefined) {
        throw new Error('an image that was not judged is never attested');
    }
    const { judged } = outcome.verdict;
    const findings = judged
        .filter(({ platforms }) => platform === undefined || platforms.includes(platform))
        .map(({ finding, platforms, effect }) => ({
        id: finding.vulnerabilityId,
        severity: finding.severity,
        score: finding.score,
        effect,
        packages: finding.packages.map(({ name, version }) => `${name}@${version}`),
        platforms,
    }));
    return [
        summary,
        vulnerabilitiesClaim({ scanType: settings.scanType, findings, scannedAt: scansOf(image) }, digest, judgedAt),
    ];
}


/***/ }),

/***/ 25940:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ summaryCommand),
/* harmony export */   q: () => (/* binding */ signatureCommand)
/* harmony export */ });
/* harmony import */ var _statements_predicate_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(88421);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35125);
/**
 * The commands that verify by hand what a run verified: lines for a POSIX shell, with cosign 3 and, where the content of a
 * statement counts, jq. Pure.
 */


/**
 * The command that verifies the signature of an image. For a bundle, this is `verify-attestation` with the type of a signature:
 * `cosign verify` accepts any attestation by the key as a signature. It does not compare annotations, so jq does.
 */
function signatureCommand(of, annotations) {
    const pairs = Object.entries(annotations);
    if (of.format === 'legacy') {
        return line(of, ['verify', '--new-bundle-format=false', ...(0,_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .annotationArguments */ .wn)(annotations)]);
    }
    const command = line(of, ['verify-attestation', `--type=${_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .SIGNATURE_TYPE */ .uf}`]);
    if (pairs.length === 0)
        return command;
    const wanted = pairs.map(([name, value]) => `.annotations[${jq(name)}] == ${jq(value)}`);
    return filtered(command, `any(.[].payload | @base64d | fromjson | .subject[]; ${wanted.join(' and ')})`);
}
/**
 * The command that verifies the verification summary of an image: at least one says PASSED by this policy for this repository, and
 * none says anything but PASSED.
 */
function summaryCommand(of, { type, resourceUri, policySha256 }) {
    const format = of.format === 'legacy' ? ['--new-bundle-format=false'] : [];
    const wanted = [
        `.verifier.id == ${jq(_statements_predicate_js__WEBPACK_IMPORTED_MODULE_0__/* .VERIFIER_ID */ .HV)}`,
        `.resourceUri == ${jq(resourceUri)}`,
        `.policy.digest.sha256 == ${jq(policySha256)}`,
    ];
    return filtered(line(of, ['verify-attestation', `--type=${type}`, ...format]), `map(.payload | @base64d | fromjson | .predicate) | all(.[]; .verificationResult == "PASSED") and any(.[]; ${wanted.join(' and ')})`);
}
function line({ image, verifier, region, transparencyLog, trustedRoot }, what) {
    const args = ['cosign', ...what];
    const variables = [];
    if (verifier.kind !== 'key') {
        args.push(verifier.kind === 'identity'
            ? `--certificate-identity=${verifier.identity}`
            : `--certificate-identity-regexp=${verifier.pattern}`, `--certificate-oidc-issuer=${verifier.issuer}`);
    }
    else if (verifier.publicKey !== undefined) {
        const lines = verifier.publicKey.trim().split(/\r?\n/).map(quoted);
        variables.push(`PUBLIC_KEY="$(printf '%s\\n' ${lines.join(' ')})"`);
        args.push('--key=env://PUBLIC_KEY');
    }
    else {
        // cosign takes the region of a KMS key from the environment, also if its ARN has one.
        const isKms = verifier.reference.startsWith('awskms:');
        if (isKms && region !== undefined)
            variables.push(`AWS_REGION=${quoted(region)}`);
        args.push(`--key=${verifier.reference}`);
    }
    const isLogged = transparencyLog || verifier.kind !== 'key';
    if (!isLogged)
        args.push('--insecure-ignore-tlog=true');
    else if (trustedRoot !== undefined)
        args.push(`--trusted-root=${trustedRoot}`);
    return [...variables, ...[...args, image].map(quoted)].join(' ');
}
/** With `--exit-status`, jq fails if the last result is false, and if there is none. */
function filtered(command, filter) {
    return `${command} | jq --exit-status --slurp ${quoted(filter)}`;
}
/** A word of a POSIX shell. Everything between single quotes is literal, and a single quote itself cannot be there. */
function quoted(word) {
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw `'\''`)}'`;
}
/** A string of jq: as in JSON, where a backslash is escaped, so that none begins an interpolation. */
function jq(text) {
    return JSON.stringify(text);
}


/***/ }),

/***/ 39924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dl: () => (/* binding */ inspectArguments),
/* harmony export */   GX: () => (/* binding */ KEY_NAME),
/* harmony export */   L4: () => (/* binding */ SIGNER_PLUGIN),
/* harmony export */   TT: () => (/* binding */ isSupported),
/* harmony export */   YE: () => (/* binding */ isOnlyBy),
/* harmony export */   b9: () => (/* binding */ certificateMetadata),
/* harmony export */   dr: () => (/* binding */ verdictMetadata),
/* harmony export */   gh: () => (/* binding */ signArguments),
/* harmony export */   ot: () => (/* binding */ parseVersion),
/* harmony export */   qO: () => (/* binding */ verifyArguments),
/* harmony export */   uk: () => (/* binding */ provesSignature)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37728);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90274);
/* harmony import */ var _statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(88421);
/** The arguments of notation, and what its output means. Pure. */



/** The plugin of AWS Signer. Source: AWS Signer Developer Guide, "Install prerequisites". */
const SIGNER_PLUGIN = 'com.amazonaws.signer.notation.plugin';
/** The name of the key in the private configuration. */
const KEY_NAME = 'gate';
/**
 * What the gate signs together with the digest. Without it, every signature by the same identity would count, also one that
 * ECR's managed signing made when the image was pushed. Rules of a policy can depend on the repository, so it is named too.
 * @param policySha256 the digest of the policy as the verification summary names it, in hex; undefined: any policy
 */
function verdictMetadata({ registry, repository }, policySha256) {
    return {
        [`${_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .VERIFIER_ID */ .HV}:verdict`]: 'PASSED',
        [`${_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .VERIFIER_ID */ .HV}:resource`]: (0,_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .resourceUri */ .N)(registry, repository),
        ...(policySha256 === undefined ? {} : { [`${_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .VERIFIER_ID */ .HV}:policy`]: `sha256:${policySha256}` }),
    };
}
/**
 * What the gate signs with a named key in addition: which certificate the key has. A trust policy can trust several
 * certificates, and Notation does not report whose signature it verified.
 * @param fingerprint SHA-256 of the certificate, in lower-case hex
 */
function certificateMetadata(fingerprint) {
    return { [`${_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .VERIFIER_ID */ .HV}:certificate`]: `sha256:${fingerprint}` };
}
/**
 * The arguments of `notation sign`. By default, notation writes a tag `sha256-HEX` even if the registry has the referrers
 * API; the second signature then fails in a repository with immutable tags.
 * @param profile undefined: the key `gate` of the private configuration
 * @throws Error if the image is not named by its digest
 */
function signArguments(image, metadata, profile) {
    const key = profile === undefined
        ? [`--key=${KEY_NAME}`]
        : [`--plugin=${SIGNER_PLUGIN}`, `--id=${profile.arn}`, ...regionArguments(profile.region)];
    return [
        ...['sign', '--force-referrers-tag=false', '--signature-format=jws'],
        ...key,
        ...metadataArguments(metadata),
        byDigest(image),
    ];
}
/**
 * The arguments of `notation verify`. With `--verbose` it prints why each signature does not count.
 * @param region of the signing profiles, where all have the same
 * @throws Error if the image is not named by its digest
 */
function verifyArguments(image, metadata, region) {
    const plugin = region === undefined ? [] : regionArguments(region);
    return ['verify', '--verbose', ...plugin, ...metadataArguments(metadata), byDigest(image)];
}
/**
 * The arguments of `notation inspect`, which prints all signatures of an image and verifies none.
 * @throws Error if the image is not named by its digest
 */
function inspectArguments(image) {
    return ['inspect', '--output=json', byDigest(image)];
}
const Inspected = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    Signatures: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        userDefinedAttributes: valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()), {}),
        certificates: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ SHA256Fingerprint: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() })),
    })),
});
/**
 * Whether the output of `notation inspect` shows at least one signature that names a certificate in its metadata, and none
 * that names it and is by another certificate. If notation also verified a signature with this metadata, it verified one by
 * this certificate.
 * Source of the output: notation v1.3.2, cmd/notation/inspect.go. The signing certificate is the first of its chain.
 * @param stdout of a call that ended with exit code 0, so that no signature was left out
 * @param fingerprint as for {@link certificateMetadata}
 */
function isOnlyBy(stdout, fingerprint) {
    let value;
    try {
        value = JSON.parse(stdout);
    }
    catch {
        return false;
    }
    const inspected = valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeParse */ .xLC(Inspected, value);
    if (!inspected.success)
        return false;
    const [[name, wanted] = ['', '']] = Object.entries(certificateMetadata(fingerprint));
    const naming = inspected.output.Signatures.filter(({ userDefinedAttributes }) => userDefinedAttributes?.[name] === wanted);
    return (naming.length > 0 &&
        naming.every(({ certificates: [signing] }) => signing?.SHA256Fingerprint === fingerprint));
}
/** The plugin does not read the region in the ARN. */
function regionArguments(region) {
    return [`--plugin-config=aws-region=${region}`];
}
function metadataArguments(metadata) {
    return Object.entries(metadata).map(([name, value]) => `--user-metadata=${name}=${value}`);
}
function byDigest(image) {
    const digest = image.slice(image.indexOf('@') + 1);
    if (!(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest))
        throw new Error(`notation is called with digests only, not with ${image}`);
    return image;
}
/**
 * Whether the output of `notation verify` says that a signature of this image was verified, and that no check failed that
 * was only logged. The caller checks the exit code, which is 0 for unsigned images under the level skip.
 */
function provesSignature({ stdout, stderr }, image) {
    const [first] = stdout.split(/\r?\n/);
    return (first === `Successfully verified signature for ${image}` && !/^Warning: .* was set to /m.test(stderr));
}
/** The version in the output of `notation version`; undefined if there is none. */
function parseVersion(stdout) {
    return /^Version:\s+(v?\d+\.\d+\.\d+\S*)\s*$/m.exec(stdout)?.[1];
}
/**
 * Whether a version is supported: 1.3 or newer in 1.x, without pre-releases of 1.3.0. Others are untested.
 */
function isSupported(version) {
    const match = /^v?1\.(\d+)\.(\d+)(-\S+)?(?:\+\S+)?$/.exec(version);
    if (match === null)
        return false;
    const [minor, patch] = [Number(match[1]), Number(match[2])];
    return minor > 3 || (minor === 3 && (patch > 0 || match[3] === undefined));
}


/***/ }),

/***/ 38653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mj: () => (/* binding */ configurationDirectory),
/* harmony export */   kR: () => (/* binding */ notationEnvironment),
/* harmony export */   lo: () => (/* binding */ pluginDirectories)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _cosign_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7660);
/** The environment variables that notation runs with. Pure. */


/**
 * The environment of notation: what it needs and nothing else. Configuration, cache, plugins and credentials come from the
 * private directory and from this environment, never from the user's own configuration.
 * Source: notation v1.3.2, cmd/notation/main.go, and notation-go v1.3.2, dir/path.go.
 */
function notationEnvironment(parent, { home, searchPath, login, plugin }) {
    const config = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(home, 'config');
    const { region } = plugin ?? {};
    return {
        ...(0,_cosign_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .commonEnvironment */ .xK)(parent, searchPath),
        ...(plugin === undefined ? {} : (0,_cosign_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .awsEnvironment */ .PO)(parent)),
        ...(region === undefined ? {} : { AWS_REGION: region }),
        HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: home,
        DOCKER_CONFIG: home,
        NOTATION_CONFIG: config,
        NOTATION_LIBEXEC: config,
        NOTATION_CACHE: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(home, 'cache'),
        NOTATION_USERNAME: login.user,
        NOTATION_PASSWORD: login.password,
    };
}
/**
 * The directories in which the user's plugins of Notation are, in the order in which they are searched.
 * Source: as above, with os.UserConfigDir of Go.
 */
function pluginDirectories(parent) {
    const { NOTATION_LIBEXEC: libexec } = parent;
    const config = configurationDirectory(parent);
    return [libexec, config].flatMap((one) => (one ? [(0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(one, 'plugins')] : []));
}
/** The user's configuration directory of Notation; undefined if it is unknown. */
function configurationDirectory(parent) {
    if (parent.NOTATION_CONFIG)
        return parent.NOTATION_CONFIG;
    const home = parent.HOME || undefined;
    const base = {
        win32: parent.AppData ?? parent.APPDATA,
        darwin: home && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(home, 'Library', 'Application Support'),
    };
    const directory = Object.hasOwn(base, process.platform)
        ? base[process.platform]
        : parent.XDG_CONFIG_HOME || (home && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(home, '.config'));
    return directory === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(directory, 'notation');
}


/***/ }),

/***/ 11599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g5: () => (/* binding */ failureOf),
  hz: () => (/* binding */ openNotation),
  Od: () => (/* binding */ verifySignature)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./image/reference.js
var reference = __webpack_require__(90274);
// EXTERNAL MODULE: ./signing/cosign/exec.js
var exec = __webpack_require__(32348);
// EXTERNAL MODULE: ./signing/cosign/private-directory.js
var private_directory = __webpack_require__(55188);
// EXTERNAL MODULE: ./signing/cosign/provision.js + 1 modules
var provision = __webpack_require__(58850);
// EXTERNAL MODULE: ./signing/cosign/session.js
var cosign_session = __webpack_require__(70017);
// EXTERNAL MODULE: ./signing/retry.js
var retry = __webpack_require__(72443);
// EXTERNAL MODULE: ./signing/notation/arguments.js
var notation_arguments = __webpack_require__(39924);
// EXTERNAL MODULE: ./signing/notation/environment.js
var notation_environment = __webpack_require__(38653);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
// EXTERNAL MODULE: ./signing/cosign/failures.js
var failures = __webpack_require__(95282);
;// CONCATENATED MODULE: ./signing/notation/failures.js
/** Maps notation's error output to causes and next steps. Pure. */


const HINTS = [
    [
        /unable to find specified metadata in the signature/,
        'A signature by a trusted identity is not enough: it has to say that the gate passed the image, under the expected policy and with the expected annotations. ECR’s managed signing does not say that. Run the gate for this image again.',
    ],
    [
        /AccessDenied|is not authorized to perform/,
        'Allow signer:SignPayload (to sign) and signer:GetRevocationStatus (to verify) on the signing profile for the role of this job.',
    ],
    [
        /has no applicable trust policy/,
        'Add the repository to the registryScopes of the statement in notation-trust-policy.',
    ],
    [
        /is not present in the plugin directory|locating the verification plugin|plugin executable file/,
        `The trust policy names no signing profile of AWS Signer, so its plugin is not used. Name the profile in notation-trust-policy if its signatures count.`,
    ],
    [
        /response status code 40[13]\b/,
        'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:ListImageReferrers on the repository. Signing also requires ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage.',
    ],
];
const UNSIGNED = /no signature is associated with /;
const MOST_REASONS = 3;
const MOST_CHARACTERS = 600;
/** What notation's error output means. It prints why each signature does not count, and last the error. */
function explainFailure(stderr) {
    const lines = stderr.split(/\r?\n/).map((line) => line.slice(0, 8_000));
    const error = lines
        .findLast((line) => line.startsWith('Error: '))
        ?.slice('Error: '.length)
        .trim();
    const reasons = lines.flatMap((line) => {
        const reason = / failed verification with error: (.*?)"?$/.exec(line)?.[1];
        return line.includes('level=warning') && reason !== undefined ? [(0,text_0/* clip */.$Q)(reason, MOST_CHARACTERS)] : [];
    });
    const shown = [...new Set(reasons)].slice(0, MOST_REASONS);
    const message = (0,text_0/* clip */.$Q)(error ?? lines.findLast((line) => line.trim() !== '') ?? 'it printed nothing', MOST_CHARACTERS);
    const text = [...reasons, message].join('\n');
    return {
        message: shown.length === 0 ? message : shown.join('; '),
        nextStep: HINTS.find(([pattern]) => pattern.test(text))?.[1],
        // The client of the registry words a status in another way than cosign's does.
        transient: (0,failures/* isTransient */.dg)(text) || /response status code (?:408|429|5\d\d)\b/.test(text),
        isUnsigned: error !== undefined && UNSIGNED.test(error),
    };
}

;// CONCATENATED MODULE: ./signing/notation/session.js
/** One notation for one run: the program, its private directory, and how it is called. */












/**
 * Takes notation from a trusted directory of PATH, and gives it a private configuration with the trust policy, its
 * certificates and, where the policy names a signing profile, the plugin of AWS Signer. notation is not downloaded: this
 * action knows no checksums of its releases.
 * @throws GateError `signing`
 */
async function openNotation(trust, ports) {
    const { environment, deadline } = ports;
    const directory = await (0,private_directory/* makePrivateDirectory */.D)(environment, ports.log);
    const home = directory.path;
    try {
        const wanted = { name: 'notation', versionArguments: ['version'], parseVersion: notation_arguments/* parseVersion */.ot, isSupported: notation_arguments/* isSupported */.TT };
        const signal = deadline.signal;
        const { program, searchPath } = await (0,provision/* programOnPath */.Bc)(wanted, { ...ports, signal }, home);
        if (program === undefined) {
            throw new errors/* GateError */.ue('signing', 'PATH has no notation of a supported version (1.3 or newer in 1.x) in a trusted directory.', {
                nextStep: 'Install notation 1.3.2 or newer in a step before this one, for example with notaryproject/notation-action/setup and its input version.',
            });
        }
        const config = (0,external_node_path_.join)(home, 'config');
        await writeTrust(config, trust);
        const usesPlugin = trust.profiles.length > 0;
        if (usesPlugin)
            await installPlugin(config, ports);
        const plugin = usesPlugin ? { region: commonRegion(trust) } : undefined;
        const masked = new Set();
        return {
            ports,
            version: program.version,
            trust,
            config,
            call: async (args, registry) => {
                const login = await ports.authorize(registry);
                if (!masked.has(login.password))
                    ports.mask(login.password);
                masked.add(login.password);
                await program.check();
                return (0,exec/* execute */.g)(program.path, args, {
                    env: (0,notation_environment/* notationEnvironment */.kR)(environment, { home, searchPath, login, plugin }),
                    timeoutMs: (0,cosign_session/* callTime */.Q5)(deadline),
                    signal: deadline.signal,
                });
            },
            close: directory.close,
        };
    }
    catch (error) {
        await directory.close();
        throw error;
    }
}
/** The region of the signing profiles; undefined if there are none, or if they are in several regions. */
function commonRegion({ profiles }) {
    const regions = new Set(profiles.map(({ region }) => region));
    return regions.size === 1 ? [...regions][0] : undefined;
}
async function writeTrust(config, { json, certificates }) {
    await (0,promises_.mkdir)(config, { mode: 0o700 });
    await (0,promises_.writeFile)((0,external_node_path_.join)(config, 'trustpolicy.json'), json, { mode: 0o600 });
    for (const { store, name, bytes } of certificates) {
        const path = (0,external_node_path_.join)(config, 'truststore', 'x509', store.type, store.name);
        await (0,promises_.mkdir)(path, { recursive: true, mode: 0o700 });
        await (0,promises_.writeFile)((0,external_node_path_.join)(path, name), bytes, { mode: 0o600 });
    }
}
/**
 * Copies the plugin of AWS Signer, and no other, from the user's plugins: a signature names the plugin that verifies it.
 * @throws GateError `signing` if there is none, or none that is trusted
 */
async function installPlugin(config, ports) {
    const name = (0,provision/* fileName */.Md)(`notation-${notation_arguments/* SIGNER_PLUGIN */.L4}`);
    const into = (0,external_node_path_.join)(config, 'plugins', notation_arguments/* SIGNER_PLUGIN */.L4);
    await (0,promises_.mkdir)(into, { recursive: true, mode: 0o700 });
    const directories = (0,notation_environment/* pluginDirectories */.lo)(ports.environment);
    for (const directory of directories) {
        const path = (0,external_node_path_.join)(directory, notation_arguments/* SIGNER_PLUGIN */.L4, name);
        const program = await (0,provision/* programAt */.qN)(path, name, ports, into, 'refused');
        if (program === undefined)
            continue;
        ports.log(`Plugin of AWS Signer: ${path}, sha256:${program.sha256}`);
        return;
    }
    throw new errors/* GateError */.ue('signing', `The plugin of AWS Signer for Notation (${notation_arguments/* SIGNER_PLUGIN */.L4}) is not installed in ${directories.join(' or ')}, or its file is not trusted.`, {
        nextStep: 'Install it in a step before this one, for example with notaryproject/notation-action/setup and notation plugin install. The log says why a file is not trusted.',
    });
}
const ATTEMPTS = 4;
/**
 * Has notation verify that one digest has a signature by a trusted identity with this metadata, again after a temporary
 * failure.
 * @throws GateError `timeout` or `cancelled` if the run has ended, `credentials`
 */
async function verifySignature(session, subject, metadata) {
    const { deadline } = session.ports;
    const image = (0,reference/* imageUri */.W_)(subject.registry, subject.repository, subject.digest);
    return (0,retry/* retry */.L)(async () => {
        const args = (0,notation_arguments/* verifyArguments */.qO)(image, metadata, commonRegion(session.trust));
        const result = await session.call(args, subject.registry);
        if (result.exitCode === 0 && (0,notation_arguments/* provesSignature */.uk)(result, image))
            return { value: { ok: true }, again: false };
        (0,cosign_session/* stopIfOver */.UH)(deadline, `verifying ${image}`);
        const failure = failureOf(result);
        return { value: { ok: false, ...failure }, again: failure.transient };
    }, { deadline, attempts: ATTEMPTS });
}
/** Why a call failed. */
function failureOf(result) {
    if (result.timedOut) {
        const nextStep = 'Raise the input timeout, or check that the registry and AWS Signer are reachable.';
        return { message: 'it did not finish in time', nextStep, transient: false, isUnsigned: false };
    }
    if (result.exitCode === 0) {
        const message = 'the output of notation does not say that a signature of this image was verified';
        return { message, nextStep: undefined, transient: false, isUnsigned: false };
    }
    return explainFailure(result.stderr);
}


/***/ }),

/***/ 677:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ parseTrustPolicy)
/* harmony export */ });
/* unused harmony export InvalidTrustPolicy */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37728);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85711);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24686);
/* harmony import */ var _profile_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34593);
/** Reads a Notation trust policy, and refuses one that would accept a signature although a check failed. Pure. */




/** What is wrong with a trust policy. The caller adds the name of the input. */
class InvalidTrustPolicy extends Error {
    name = 'InvalidTrustPolicy';
}
const Texts = valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP());
/** Source: notaryproject/specifications, trust-store-trust-policy.md, version 1.0. */
const DocumentSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    version: valibot__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz('1.0'),
    trustPolicies: valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
        name: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
        registryScopes: Texts,
        signatureVerification: valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
            level: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
            override: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
            verifyTimestamp: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .picklist */ .KIO(['always', 'afterCertExpiry'])),
        }),
        trustStores: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(Texts, []),
        trustedIdentities: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(Texts, []),
    })),
});
/**
 * Reads a trust policy. `notation verify` ends with exit code 0 under the levels audit and skip whatever the signer, so every
 * statement has to have the level strict, without an override that weakens it. The identity `*` is refused: every
 * certificate of the trust store's authority would count, whatever it was issued for.
 *
 * Notation reads JSON with Go, which ignores the case of keys. The document is therefore written anew from what was checked.
 * @throws InvalidTrustPolicy
 */
function parseTrustPolicy(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        throw new InvalidTrustPolicy('it is not JSON');
    }
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .givesKeyTwice */ .c)(text, value))
        throw new InvalidTrustPolicy('it has a key twice');
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(DocumentSchema, value);
    if (!result.success) {
        const [issue] = result.issues;
        throw new InvalidTrustPolicy(`${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(valibot__WEBPACK_IMPORTED_MODULE_1__/* .getDotPath */ .BuJ(issue) ?? 'the document', 200)}: ${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(issue.message, 300)}`);
    }
    const { version, trustPolicies } = result.output;
    const statements = trustPolicies.map(checked);
    const identities = [...new Set(statements.flatMap(({ trustedIdentities }) => trustedIdentities))];
    const [first, ...others] = identities;
    if (first === undefined)
        throw new InvalidTrustPolicy('it has no statement');
    const profiles = identities.flatMap((identity) => (0,_profile_js__WEBPACK_IMPORTED_MODULE_3__/* .signingProfile */ .Z)(identity) ?? []);
    // The plugin of AWS Signer replaces Notation's own check of the identity, so it must not decide about certificates.
    if (profiles.length > 0 && profiles.length < identities.length) {
        throw new InvalidTrustPolicy('it names signing profiles of AWS Signer and subjects of certificates; use one trust policy for each');
    }
    const stores = statements.flatMap(({ trustStores }) => trustStores.map(storeName));
    if (profiles.length > 0 && stores.some(({ type }) => type === 'ca')) {
        throw new InvalidTrustPolicy('signing profiles of AWS Signer require trust stores of the type signingAuthority');
    }
    return {
        json: JSON.stringify({ version, trustPolicies: statements }),
        identities: [first, ...others],
        profiles,
        stores: [...new Map(stores.map((store) => [`${store.type}:${store.name}`, store])).values()],
    };
}
/** A statement with every check enforced, without the override that says the same. */
function checked({ signatureVerification, ...statement }) {
    const { level, override = {}, verifyTimestamp } = signatureVerification;
    const refuse = (what) => {
        throw new InvalidTrustPolicy(`the statement ${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(statement.name, 100))} ${what}`);
    };
    if (level !== 'strict') {
        refuse(`has the level ${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(level, 40))}; only strict is accepted, because with any other level Notation accepts signatures that fail a check`);
    }
    const weakened = Object.entries(override).find(([, action]) => action !== 'enforce');
    if (weakened !== undefined) {
        refuse(`overrides ${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(weakened[0], 40)} with ${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(weakened[1], 40))}; only enforce is accepted`);
    }
    const { trustStores, trustedIdentities } = statement;
    if (trustStores.length === 0)
        refuse('names no trust store');
    if (trustedIdentities.length === 0)
        refuse('names no trusted identity');
    for (const identity of trustedIdentities) {
        if (identity === '*') {
            refuse('trusts the identity *, which is every certificate that the trust store’s authority issued; name the subject');
        }
        if (!identity.startsWith('x509.subject:') && (0,_profile_js__WEBPACK_IMPORTED_MODULE_3__/* .signingProfile */ .Z)(identity) === undefined) {
            refuse(`trusts ${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(identity, 200))}, which is neither x509.subject: and a subject nor the ARN of a signing profile`);
        }
    }
    return {
        ...statement,
        signatureVerification: { level, ...(verifyTimestamp === undefined ? {} : { verifyTimestamp }) },
    };
}
/** @throws InvalidTrustPolicy */
function storeName(text) {
    const match = /^(ca|signingAuthority|tsa):([A-Za-z0-9_.-]+)$/.exec(text);
    const [, type, name = ''] = match ?? [];
    if (type === undefined || name === '.' || name === '..') {
        throw new InvalidTrustPolicy(`${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(text, 100))} is not a trust store; for example: ca:release`);
    }
    return { type: type, name };
}


/***/ }),

/***/ 44438:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ readTrust)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75650);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(60866);
/* harmony import */ var _trust_policy_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(677);
/** Reads the trust policy and the certificates that Notation verifies with. */





/** Notation compares every identity of a trust policy with every other one. */
const MOST_POLICY_BYTES = 64 * 1024;
const MOST_CERTIFICATE_BYTES = 1024 * 1024;
const MOST_CERTIFICATES = 100;
/**
 * Reads the trust policy and the trust stores that it names. Notation gets a copy, so that it verifies with what was checked.
 * @throws GateError `input`
 */
async function readTrust({ policy, store }, workspace) {
    const text = await readInput('notation-trust-policy', policy, workspace);
    let trust;
    try {
        trust = (0,_trust_policy_js__WEBPACK_IMPORTED_MODULE_4__/* .parseTrustPolicy */ .G)(text.toString('utf8'));
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input notation-trust-policy: ${policy} cannot be used: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}.`, {
            nextStep: 'Correct the trust policy. docs/notation.md has an example for certificates and one for AWS Signer.',
            cause: error,
        });
    }
    const certificates = [];
    for (const named of trust.stores) {
        for (const name of await namesIn(named, store, workspace)) {
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(store, 'x509', named.type, named.name, name);
            certificates.push({
                store: named,
                name,
                bytes: await readInput('notation-trust-store', path, workspace),
            });
            if (certificates.length > MOST_CERTIFICATES) {
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input notation-trust-store: ${store} has more than ${MOST_CERTIFICATES} certificates for this trust policy.`, { nextStep: 'Remove the certificates that are no longer needed.' });
            }
        }
    }
    return { ...trust, certificates };
}
async function readInput(input, path, workspace) {
    const most = input === 'notation-trust-policy' ? MOST_POLICY_BYTES : MOST_CERTIFICATE_BYTES;
    const real = await (0,_files_js__WEBPACK_IMPORTED_MODULE_3__/* .regularFile */ .VI)(input, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path), workspace, most);
    try {
        if (real === undefined)
            throw new Error('it does not exist');
        return await (0,_files_js__WEBPACK_IMPORTED_MODULE_3__/* .readRegularFile */ .XF)(real, most);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input ${input}: ${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}.`, {
            cause: error,
        });
    }
}
async function namesIn({ type, name }, store, workspace) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(store, 'x509', type, name);
    const { real, missing } = await (0,_files_js__WEBPACK_IMPORTED_MODULE_3__/* .wayToInput */ .Lo)('notation-trust-store', (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path), workspace);
    let names = [];
    if (missing.length === 0) {
        try {
            names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(real);
        }
        catch (error) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input notation-trust-store: ${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}.`, {
                cause: error,
            });
        }
    }
    if (names.length > 0)
        return names.toSorted();
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input notation-trust-store: the trust policy names the trust store ${type}:${name}, but ${path} has no certificates.`, { nextStep: `Put the certificates into ${path}, or correct the trust policy.` });
}


/***/ }),

/***/ 9604:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ policyText),
/* harmony export */   h: () => (/* binding */ decideSummaries)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90274);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41956);
/* harmony import */ var _predicate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(88421);
/* harmony import */ var _revocation_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34334);
/* harmony import */ var _spelling_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(58384);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(67805);
/**
 * Whether verification summaries allow an image. Pure. cosign has verified the signatures of the summaries that count for
 * an image, and that the digest is among their subjects; everything else is checked here.
 */






/**
 * Whether the signer's verification summaries allow the image. A summary counts for the image only if it says exactly
 * what is expected. A summary that names this digest and does not say PASSED revokes all that are not newer, in any
 * spelling of its repository, policy, verifier and type; it does not count only if it clearly names a repository whose
 * summaries do not count.
 * The newest summary decides; of two with the same time, the worse one. A revocation that lacks a required field, such as
 * its time, counts until it is deleted.
 */
function decideSummaries(statements, expected) {
    const { revocations, notCounted } = (0,_revocation_js__WEBPACK_IMPORTED_MODULE_3__/* .revocationsOf */ .V)(statements, expected);
    const refused = (why, revokedBy, nextStep) => ({
        accepted: false,
        why,
        revokedBy,
        nextStep,
        notCounted,
    });
    const ofType = statements.filter(({ predicateType }) => (0,_statement_js__WEBPACK_IMPORTED_MODULE_4__/* .isSummaryType */ .NV)(predicateType));
    const ofDigest = ofType.filter((statement) => (0,_statement_js__WEBPACK_IMPORTED_MODULE_4__/* .isAbout */ .KH)(statement, expected.digest));
    if (ofType.length === 0)
        return refused('it has no verification summary by this signer');
    if (ofDigest.length === 0)
        return refused('its verification summary is for another digest');
    const undated = revocations.find(({ at }) => at === undefined);
    if (undated !== undefined) {
        return refused('one of its verification summaries does not say PASSED, and a required field of it, such as its time, is missing or duplicated', undated.statement);
    }
    const now = expected.now?.getTime();
    const checked = ofDigest
        .filter((statement) => !(0,_revocation_js__WEBPACK_IMPORTED_MODULE_3__/* .isRevocation */ .b)(statement))
        .map((statement) => ({ statement, ...checkSummary(statement, expected, now) }));
    const newest = checked
        .flatMap(({ summary }) => summary ?? [])
        .toSorted((a, b) => (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(b) - (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(a))[0];
    // Of two with the same time that contradict each other, the worse one counts.
    const revocation = revocations
        .toSorted((a, b) => Number(b.at) - Number(a.at))
        .find(({ at }) => newest === undefined || Number(at) >= (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(newest));
    if (revocation !== undefined) {
        const why = `its newest verification summary, of ${revocation.time}, says ${revocation.result}`;
        return refused(why, revocation.statement);
    }
    if (newest === undefined || now === undefined) {
        // The summary that passes the most steps of the check explains best what is wrong.
        const nearest = checked.toSorted((a, b) => b.distance - a.distance)[0];
        if (nearest?.otherPolicy === undefined) {
            return refused(nearest?.why ?? 'it has no verification summary by this signer that says PASSED');
        }
        const others = [...new Set(checked.flatMap(({ otherPolicy }) => otherPolicy ?? []))];
        return refused(otherPolicyText(others, expected.policies ?? []), undefined, OTHER_POLICY);
    }
    const ageMs = Math.max(0, now - (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(newest));
    if (expected.maxAgeMs !== undefined && ageMs > expected.maxAgeMs) {
        return refused(`its verification summary, of ${newest.timeVerified}, is too old`);
    }
    const older = revocations.map(({ result, time }) => `one of ${time} that says ${result} is older`);
    return {
        accepted: true,
        summary: newest,
        at: new Date((0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(newest)),
        ageMs,
        notCounted: [...notCounted, ...older],
    };
}
const OTHER_POLICY = 'Run the gate for this image again with attest: true, and with the policy that is expected here. If the policy was changed, see "Rotate keys and policies" in docs/roll-out.md: for a limited time, the step can accept both.';
const MOST_LISTED = 5;
/** Which policies the summaries name, and which were expected. */
function otherPolicyText(found, expected) {
    const listed = (items, separator) => {
        const more = items.length - MOST_LISTED;
        return [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])].join(separator);
    };
    const what = found.length === 1
        ? 'its verification summary names another policy'
        : 'its verification summaries name other policies';
    const wanted = listed(expected.map((sha256) => `sha256:${sha256}`), ' or ');
    return `${what} (${listed(found, '; ')}) than ${wanted}`;
}
function checkSummary({ predicateType, predicate }, expected, now) {
    const not = (distance, why, otherPolicy) => ({
        summary: undefined,
        why,
        distance,
        otherPolicy,
    });
    const summary = (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .readSummary */ .L_)(predicate);
    if (predicateType !== _predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .SUMMARY_TYPE */ .G_) {
        return not(0, `its verification summary has the type ${predicateType}, not ${_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .SUMMARY_TYPE */ .G_}`);
    }
    if (summary === undefined)
        return not(1, 'its verification summary lacks required fields');
    const contradiction = contradictionIn(predicate, summary);
    if (contradiction !== undefined)
        return not(1, `its verification summary ${contradiction}`);
    const { verifier, policy, timeVerified } = summary;
    if (verifier.id !== _predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .VERIFIER_ID */ .HV) {
        return not(2, `its verification summary was made by ${verifier.id}, not by this gate`);
    }
    const resources = [expected.resourceUri, ...(expected.promotedFrom ?? [])];
    if (!resources.includes(summary.resourceUri)) {
        const wanted = resources.join(' or ');
        return not(3, `its verification summary is for ${summary.resourceUri}, not for ${wanted}`);
    }
    if (!isExpectedPolicy(summary, expected)) {
        return not(4, 'its verification summary names another policy', policyText(summary));
    }
    if (!isSha256(policy.digest?.sha256)) {
        return not(4, 'its verification summary does not name the SHA-256 of its policy');
    }
    if (now === undefined) {
        return not(5, 'AWS responses had no Date header, so the age of its verification summary is unknown');
    }
    // A PASSED summary from the future does not count yet. A revocation counts whatever its date.
    if ((0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(summary) - now > _time_js__WEBPACK_IMPORTED_MODULE_1__/* .CLOCK_SKEW_MS */ .rn) {
        return not(5, `its verification summary is dated ${timeVerified}, which is in the future`);
    }
    return { summary, why: undefined, distance: 6 };
}
/** How a summary that says PASSED contradicts itself, or does not say what passed; undefined if it does neither. */
function contradictionIn(predicate, { verifiedLevels, [_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .EXTENSIONS */ .Z1.policyFile]: file }) {
    const { verifier, policy } = predicate;
    if ([predicate, verifier, policy, policy.digest, file?.digest].some(_spelling_js__WEBPACK_IMPORTED_MODULE_5__/* .spelledTwice */ .gD)) {
        return 'has a field in two spellings';
    }
    return verifiedLevels.length === 0 ? 'says PASSED but names no verified level' : undefined;
}
function isSha256(text) {
    return text !== undefined && (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(`sha256:${text}`);
}
function isExpectedPolicy(summary, { policies, equivalentSha256 = [] }) {
    if (policies === undefined)
        return true;
    return (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .policyDigests */ .ak)(summary).some((sha256) => policies.includes(sha256) || equivalentSha256.includes(sha256));
}
/** The policy of a summary in words, its file, and the inputs that weakened it. */
function policyText({ policy, [_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .EXTENSIONS */ .Z1.policyFile]: file, [_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .EXTENSIONS */ .Z1.weakened]: weakening = {}, }) {
    const { uri = 'no URI', digest } = policy;
    const known = digest?.sha256 === undefined ? uri : `${uri} sha256:${digest.sha256}`;
    const name = file?.digest.sha256 === undefined ? known : `${known}, file sha256:${file.digest.sha256}`;
    const by = Object.entries(weakening).map(([input, value]) => value === true ? input : `${input}: ${value}`);
    return by.length === 0 ? name : `${name}, weakened by ${by.join(' and ')}`;
}


/***/ }),

/***/ 50067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ ownVerifier),
/* harmony export */   q: () => (/* binding */ keyVerifier)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(17180);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75650);
/* harmony import */ var _cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35125);
/* harmony import */ var _cosign_session_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(70017);
/** Whose signatures count: the public key, or the identity in a certificate, that cosign verifies with. */






/**
 * What signatures that this run makes are verified with.
 * @throws GateError `signing`; `timeout` or `cancelled` if the run has ended
 */
async function ownVerifier(session, key) {
    if (key.kind === 'keyless')
        return { kind: 'identity', ...(await workflowIdentity(session.ports)) };
    return keyVerifier(session, key);
}
/**
 * What signatures by a key are verified with. An encrypted key file cannot verify, so its public key is written into the
 * private directory.
 * @param fileName the name of that file
 * @throws GateError `signing` if a key file cannot be read; `timeout` or `cancelled` if the run has ended
 */
async function keyVerifier(session, key, fileName = 'public-key.pem') {
    const { ports, home } = session;
    if (key.kind === 'kms')
        return { kind: 'key', reference: key.reference };
    const result = await (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_5__/* .call */ .T1)(session, (0,_cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .publicKeyArguments */ .jL)(key), undefined);
    if (ports.deadline.signal.aborted)
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .interrupted */ .VM)(ports.deadline, `reading the key file ${key.path}`);
    if (result.exitCode !== 0 || !result.stdout.includes('BEGIN PUBLIC KEY')) {
        const { message, nextStep } = (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_5__/* .failureOf */ .g5)(result);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('signing', `cosign cannot read the key file ${key.path}: ${message}`, { nextStep });
    }
    const reference = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, fileName);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(reference, result.stdout, { mode: 0o600 });
    return { kind: 'key', reference, publicKey: result.stdout };
}
/**
 * The identity that Fulcio writes into the certificate: the workflow that runs this job. In a reusable workflow it is the
 * reusable one, not its caller. Source: Fulcio's OIDC claims for GitHub, job_workflow_ref.
 */
async function workflowIdentity(ports) {
    const { job_workflow_ref: workflow, iss: issuer } = await tokenClaims(ports);
    if (typeof workflow !== 'string' || typeof issuer !== 'string') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('signing', 'GitHub’s OIDC token does not name the workflow that signs.');
    }
    const server = ports.environment.GITHUB_SERVER_URL || 'https://github.com';
    return { identity: `${server}/${workflow}`, issuer };
}
/** The claims of the job's OIDC token. It comes from GitHub itself over TLS, and Fulcio checks its signature. */
async function tokenClaims(ports) {
    try {
        const [, payload = ''] = (await ports.identityToken('sigstore')).split('.');
        return { ...JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) };
    }
    catch (error) {
        // The message of JSON.parse would quote the token.
        const why = error instanceof SyntaxError ? 'it is not a JSON web token' : (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('signing', `GitHub’s OIDC token could not be requested: ${why}`, {
            nextStep: 'Add "permissions: id-token: write" to the job.',
        });
    }
}


/***/ })

};

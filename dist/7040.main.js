export const id = 7040;
export const ids = [7040];
export const modules = {

/***/ 60866:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FZ: () => (/* binding */ stepsIn),
/* harmony export */   Ft: () => (/* binding */ isSame),
/* harmony export */   Lo: () => (/* binding */ wayToInput),
/* harmony export */   VI: () => (/* binding */ regularFile),
/* harmony export */   XF: () => (/* binding */ readRegularFile),
/* harmony export */   Yw: () => (/* binding */ isBelow),
/* harmony export */   bM: () => (/* binding */ directoryFor),
/* harmony export */   bj: () => (/* binding */ wayTo),
/* harmony export */   fR: () => (/* binding */ replaceFile)
/* harmony export */ });
/* unused harmony export linkInWorkspace */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75650);
/** Follows paths link by link, because a pull request can add symbolic links to a checkout and choose their targets. */





/** The limit of Linux. */
const MOST_LINKS = 40;
/** Windows has neither flag. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants;
/**
 * Follows a path as the operating system does.
 * @throws Error for links that lead in a circle, and for a directory that may not be searched
 */
async function wayTo(path) {
    const names = namesIn((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path));
    let real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path)).root;
    const steps = [{ path: real, stats: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(real, { bigint: true }) }];
    for (let links = 0;;) {
        const name = names.shift();
        if (name === undefined)
            return { real, steps, missing: [] };
        if (name === '..') {
            real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(real);
            continue;
        }
        const next = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(real, name);
        const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(next, { bigint: true }).catch((error) => {
            if (error.code === 'ENOENT')
                return undefined;
            throw error;
        });
        if (stats === undefined)
            return { real, steps, missing: [name, ...names] };
        steps.push({ path: next, stats });
        if (!stats.isSymbolicLink()) {
            real = next;
            continue;
        }
        links += 1;
        if (links > MOST_LINKS)
            throw new Error(`${path} leads through more than ${MOST_LINKS} symbolic links`);
        const target = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readlink)(next);
        names.unshift(...namesIn(target));
        if ((0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(target))
            real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(target)).root;
    }
}
function namesIn(path) {
    const below = path.slice((0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)(path).root.length);
    return below.split(node_path__WEBPACK_IMPORTED_MODULE_3__.sep === '\\' ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');
}
/** Whether two results of stat are of the same file, whatever its path: neither spelling nor bind mounts matter. */
function isSame(a, b) {
    return a.dev === b.dev && a.ino === b.ino;
}
/** Whether a path without links is a directory or lies below it. */
function isBelow(path, directory) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(directory, path);
    return way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_3__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(way);
}
/**
 * The steps of a path that are one of some directories, or are in one of them.
 * @param directories those that do not exist contain nothing
 */
async function stepsIn({ steps }, directories) {
    const looks = await Promise.all(directories.map((directory) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(directory, { bigint: true }).catch(() => undefined)));
    const found = steps.filter(({ stats }) => looks.some((look) => look !== undefined && isSame(look, stats)));
    return steps.filter(({ path }) => found.some((directory) => isBelow(path, directory.path)));
}
/** The first symbolic link of a path that is in the workspace; undefined if there is none. */
async function linkInWorkspace(way, workspace) {
    const inside = await stepsIn(way, [workspace]);
    return inside.find(({ stats }) => stats.isSymbolicLink());
}
/**
 * The path to a file that an input names. The workflow may name any path, but a link in the workspace that leads out of
 * it may come from a pull request.
 * @throws GateError `input` if such a link leads out of the workspace
 */
async function wayToInput(input, path, workspace) {
    let way;
    try {
        way = await wayTo((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(workspace, path));
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}.`, {
            cause: error,
        });
    }
    const link = await linkInWorkspace(way, workspace);
    const isInside = (await stepsIn(way, [workspace])).some((step) => step.path === way.real);
    if (link === undefined || isInside)
        return way;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} is outside of the workspace.`, {
        nextStep: `The symbolic link ${link.path} leads there. Put the file itself into the repository, or use its own path.`,
    });
}
/**
 * A file that an input names, for another program to read.
 * @returns its path without links; undefined if it does not exist, which the other program reports
 * @throws GateError `input` if a link in the workspace leads out of it, and for a file that is not regular or too large
 */
async function regularFile(input, path, workspace, mostBytes) {
    const { real, steps, missing } = await wayToInput(input, path, workspace);
    const stats = steps.findLast((step) => step.path === real)?.stats;
    if (missing.length > 0 || stats === undefined)
        return undefined;
    const why = !stats.isFile() ? 'is not a file' : stats.size > mostBytes ? 'is too large' : undefined;
    if (why === undefined)
        return real;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} ${why}.`, {
        nextStep: `Set ${input} to the path of the file.`,
    });
}
/**
 * Reads a file. Of a larger file, it reads `mostBytes` plus one byte.
 * @param real without links: a file that was replaced by a link or a pipe since is not read
 * @throws Error for what is not a regular file
 */
async function readRegularFile(real, mostBytes) {
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
        if (!(await handle.stat()).isFile())
            throw new Error('it is not a regular file');
        const chunks = [];
        for await (const chunk of handle.createReadStream({ end: mostBytes, autoClose: false })) {
            chunks.push(chunk);
        }
        return Buffer.concat(chunks);
    }
    finally {
        await handle.close();
    }
}
/**
 * Creates a directory for reports, and the directories above it that do not exist.
 * @returns its path without links
 * @throws Error if a part of the path is a link in the workspace
 */
async function directoryFor(path, workspace) {
    const way = await wayTo((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path));
    const link = await linkInWorkspace(way, workspace);
    if (link !== undefined) {
        throw new Error(`${path} leads through the symbolic link ${link.path} in the workspace. Set report-directory to a path without such links`);
    }
    let made = way.real;
    for (const name of way.missing) {
        made = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(made, name);
        // Fails if something with that name was created in the meantime, because it was not checked.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(made);
    }
    return made;
}
/**
 * Writes a file in place of an existing one: a link of that name is replaced, not followed, and other hard links to the
 * old file keep its content.
 * @param directory without links: see `directoryFor`
 */
async function replaceFile(directory, name, content) {
    // Shorter than the names of the files, which can be almost as long as a file system allows.
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, `.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`);
    // Fails if anything of that name exists, links included.
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(temporary, 'wx', 0o644);
    try {
        await file.writeFile(content).finally(() => file.close());
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, name));
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(temporary, { force: true });
        throw error;
    }
}


/***/ }),

/***/ 35125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jc: () => (/* binding */ verifyBlobArguments),
/* harmony export */   QU: () => (/* binding */ verifyAttestationArguments),
/* harmony export */   gh: () => (/* binding */ signArguments),
/* harmony export */   jL: () => (/* binding */ publicKeyArguments),
/* harmony export */   oN: () => (/* binding */ attestArguments),
/* harmony export */   qO: () => (/* binding */ verifyArguments),
/* harmony export */   r0: () => (/* binding */ NO_SERVICES),
/* harmony export */   uf: () => (/* binding */ SIGNATURE_TYPE),
/* harmony export */   wn: () => (/* binding */ annotationArguments),
/* harmony export */   xh: () => (/* binding */ downloadArguments)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90274);
/** The arguments of cosign. Pure. */

/** The predicate type of a signature in bundle format. It distinguishes a signature from other attestations. */
const SIGNATURE_TYPE = 'https://sigstore.dev/cosign/sign/v1';
/** A signing config and a trusted root that name no service, so that nothing is published or contacted. */
const NO_SERVICES = {
    signingConfig: JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
        rekorTlogConfig: {},
        tsaConfig: {},
    }),
    trustedRoot: JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' }),
};
/**
 * The arguments of `cosign sign`. Every flag that matters is set, so that no default of a version decides: cosign 3
 * publishes to the public log by default, cosign 2 makes no bundles by default.
 * @throws Error if the image is not named by its digest
 */
function signArguments(request) {
    return [
        'sign',
        ...createArguments(request),
        ...annotationArguments(request.annotations),
        byDigest(request.image),
    ];
}
/**
 * The arguments of `cosign attest`, as explicit as those of `sign`.
 * @throws Error if the image is not named by its digest
 */
function attestArguments(request) {
    const { type, predicateFile } = request;
    const what = [`--type=${type}`, `--predicate=${predicateFile}`];
    return ['attest', ...createArguments(request), ...what, byDigest(request.image)];
}
function createArguments(request) {
    const { key, format, transparencyLog, signingConfig, trustedRoot, ownServices } = request;
    const args = ['--yes', `--timeout=${seconds(request.timeoutMs)}`];
    if (key.kind === 'keyless')
        args.push('--oidc-provider=github-actions');
    else
        args.push(`--key=${keyReference(key)}`);
    const log = transparencyLog || key.kind === 'keyless';
    args.push(`--new-bundle-format=${format === 'bundle'}`);
    if (format === 'legacy')
        args.push('--use-signing-config=false', `--tlog-upload=${log}`);
    else if (log && !ownServices)
        args.push('--use-signing-config=true');
    else
        args.push(`--signing-config=${signingConfig}`, `--trusted-root=${trustedRoot}`);
    return args;
}
/**
 * The arguments that verify a signature. For a bundle, this is `verify-attestation` with the type of a signature:
 * `cosign verify` accepts any attestation by the key as a signature, also one that says FAILED.
 * @throws Error if the image is not named by its digest
 */
function verifyArguments(request) {
    const { format, annotations } = request;
    if (format === 'bundle')
        return verifyAttestationArguments(request, SIGNATURE_TYPE);
    const args = ['verify', '--new-bundle-format=false', ...checkArguments(request)];
    // verify-attestation has no flag for annotations: provesBundle checks those of a bundle.
    return [...args, ...annotationArguments(annotations), byDigest(request.image)];
}
/**
 * The arguments that verify the attestations of one type. cosign prints those that are valid.
 * @throws Error if the image is not named by its digest
 */
function verifyAttestationArguments(request, type) {
    const format = `--new-bundle-format=${request.format === 'bundle'}`;
    const args = ['verify-attestation', `--type=${type}`, format];
    return [...args, ...checkArguments(request), byDigest(request.image)];
}
function checkArguments(request) {
    const { verifier, transparencyLog } = request;
    const args = ['--output=json', '--check-claims=true', `--timeout=${seconds(request.timeoutMs)}`];
    if (verifier.kind === 'key')
        args.push(`--key=${verifier.reference}`);
    else {
        args.push(verifier.kind === 'identity'
            ? `--certificate-identity=${verifier.identity}`
            : `--certificate-identity-regexp=${verifier.pattern}`, `--certificate-oidc-issuer=${verifier.issuer}`);
    }
    const { timestampInsteadOfLog = false, ignoresCertificateLog = false } = request;
    const logged = !timestampInsteadOfLog && (transparencyLog || verifier.kind !== 'key');
    args.push(`--insecure-ignore-tlog=${!logged}`);
    if (timestampInsteadOfLog)
        args.push('--use-signed-timestamps=true');
    if (ignoresCertificateLog)
        args.push('--insecure-ignore-sct=true');
    // A timestamp is verified with the authorities of a trusted root.
    const isOffline = !logged && !timestampInsteadOfLog;
    if (isOffline || request.ownServices)
        args.push(`--trusted-root=${request.trustedRoot}`);
    return args;
}
/**
 * The flag is parsed as a line of CSV: without quotes, a comma would end the value, and the rest would become another
 * annotation.
 */
function annotationArguments(annotations) {
    return Object.entries(annotations).map(([name, value]) => {
        const pair = `${name}=${value}`;
        return `--annotations=${/[",]/.test(pair) ? `"${pair.replaceAll('"', '""')}"` : pair}`;
    });
}
/**
 * The arguments that print the bundles of one predicate type, not verified, one per line. The flag `--bundle` of `sign` and
 * `attest` is not used for this: with it and a signing config, cosign 3.0.6 attaches nothing.
 * @throws Error if the image is not named by its digest
 */
function downloadArguments(image, type, timeoutMs) {
    const timeout = `--timeout=${seconds(timeoutMs)}`;
    return ['download', 'attestation', `--predicate-type=${type}`, timeout, byDigest(image)];
}
/** The arguments that print the public key of a signing key. */
function publicKeyArguments(key) {
    return ['public-key', `--key=${keyReference(key)}`];
}
/**
 * The arguments that verify a bundle of a file. Used with a bundle that cannot be valid, to find out whether cosign can use
 * a KMS key: it then calls GetPublicKey and DescribeKey and chooses a signing algorithm, but signs nothing.
 */
function verifyBlobArguments(key, files) {
    const flags = ['--new-bundle-format=true', '--insecure-ignore-tlog=true'];
    return [
        ...['verify-blob', `--key=${key.reference}`, `--bundle=${files.bundle}`],
        ...[`--trusted-root=${files.trustedRoot}`, ...flags, files.blob],
    ];
}
function keyReference(key) {
    return key.kind === 'kms' ? key.reference : key.path;
}
function byDigest(image) {
    const digest = image.slice(image.indexOf('@') + 1);
    if (!(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest))
        throw new Error(`cosign is called with digests only, not with ${image}`);
    return image;
}
function seconds(ms) {
    return `${Math.max(1, Math.ceil(ms / 1000))}s`;
}


/***/ }),

/***/ 35557:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gb: () => (/* binding */ checkOnce),
/* harmony export */   M1: () => (/* binding */ MOST_ATTESTATIONS_BYTES),
/* harmony export */   z6: () => (/* binding */ check)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90274);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(72443);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35125);
/* harmony import */ var _failures_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95282);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70017);
/** Has cosign verify a signature or attestations. This is the only place that sets how strictly. */





/** How many bytes of attestations cosign may print: every run adds one, and cosign prints all of them. */
const MOST_ATTESTATIONS_BYTES = 128 * 1024 * 1024;
/** Has cosign verify once. */
async function checkOnce(session, check) {
    const { copy, mustReadAll = false, subject } = check;
    const image = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .imageUri */ .W_)(subject.registry, subject.repository, subject.digest);
    const args = argumentsOf(session, check, copy?.image ?? image);
    const result = await (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .call */ .T1)(session, args, subject.registry, { mostOutput: MOST_ATTESTATIONS_BYTES });
    const isComplete = !mustReadAll || copy?.isRead() === true;
    if (result.exitCode === 0 && isComplete)
        return { ok: true, stdout: result.stdout };
    const failure = (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .failureOf */ .g5)(result);
    if (!isComplete) {
        const message = 'cosign did not read everything that is attached';
        return { ...failure, message, transient: !result.timedOut, ok: false, found: undefined };
    }
    // A process that was terminated has determined nothing.
    const found = result.exitCode === undefined ? undefined : (0,_failures_js__WEBPACK_IMPORTED_MODULE_2__/* .foundBy */ .q1)(result.stderr);
    // The reader knows the image by its name in ECR.
    const message = copy === undefined ? failure.message : failure.message.replaceAll(copy.image, image);
    return { ...failure, message, ok: false, found };
}
const ATTEMPTS = 4;
/**
 * Has cosign verify, again after a temporary failure.
 * @throws GateError `timeout` or `cancelled` if the run has ended
 */
async function check(session, task) {
    const { deadline } = session.ports;
    const { registry, repository, digest } = task.subject;
    return (0,_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .retry */ .L)(async () => {
        const checked = await checkOnce(session, task);
        if (checked.ok)
            return { value: checked, again: false };
        (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .stopIfOver */ .UH)(deadline, `verifying ${(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .imageUri */ .W_)(registry, repository, digest)}`);
        return { value: checked, again: checked.found === undefined && checked.transient };
    }, { deadline, attempts: ATTEMPTS });
}
function argumentsOf(session, task, image) {
    const { verifier, format, wanted, ignoresLog = false, timestampInsteadOfLog, ignoresCertificateLog } = task;
    const { trustedRoot, emptyRoot, ownServices, transparencyLog } = session;
    const log = ignoresLog && verifier.kind === 'key'
        ? { transparencyLog: false, trustedRoot: emptyRoot, ownServices: false }
        : { transparencyLog, trustedRoot, ownServices };
    const timeoutMs = (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .callTime */ .Q5)(session.ports.deadline);
    const request = {
        image,
        verifier,
        format,
        ...log,
        timeoutMs,
        timestampInsteadOfLog,
        ignoresCertificateLog,
    };
    return 'type' in wanted
        ? (0,_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .verifyAttestationArguments */ .QU)(request, wanted.type)
        : (0,_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .verifyArguments */ .qO)({ ...request, annotations: wanted.annotations });
}


/***/ }),

/***/ 7660:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PO: () => (/* binding */ awsEnvironment),
/* harmony export */   Qc: () => (/* binding */ childEnvironment),
/* harmony export */   xK: () => (/* binding */ commonEnvironment)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51637);
/* harmony import */ var _exec_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(32348);
/** The environment variables that cosign runs with. Pure. */



const PASSED_ON = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
/**
 * The variables from which the AWS SDK for Go, or a credential process, reads credentials, region and endpoints. All other
 * AWS_ variables are left out, above all AWS_TLS_INSECURE_SKIP_VERIFY, with which sigstore's client does not verify the
 * certificate of KMS.
 * Source: aws-sdk-go-v2, config/env_config.go, and sigstore, pkg/signature/kms/aws/client.go.
 */
const PASSED_ON_OF_AWS = new Set([
    'AWS_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_ACCOUNT_ID',
    'AWS_ACCOUNT_ID_ENDPOINT_MODE',
    'AWS_CA_BUNDLE',
    'AWS_CONFIG_FILE',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_DEFAULTS_MODE',
    'AWS_DEFAULT_PROFILE',
    'AWS_DEFAULT_REGION',
    'AWS_EC2_METADATA_DISABLED',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE',
    'AWS_EC2_METADATA_V1_DISABLED',
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_KMS',
    'AWS_ENDPOINT_URL_SIGNER',
    'AWS_ENDPOINT_URL_SIGNIN',
    'AWS_ENDPOINT_URL_SSO',
    'AWS_ENDPOINT_URL_SSO_OIDC',
    'AWS_ENDPOINT_URL_STS',
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'AWS_LOGIN_CACHE_DIRECTORY',
    'AWS_MAX_ATTEMPTS',
    'AWS_METADATA_SERVICE_NUM_ATTEMPTS',
    'AWS_METADATA_SERVICE_TIMEOUT',
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_RETRY_MODE',
    'AWS_ROLE_ARN',
    'AWS_ROLE_SESSION_NAME',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SECRET_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_STS_REGIONAL_ENDPOINTS',
    'AWS_USE_DUALSTACK_ENDPOINT',
    'AWS_USE_FIPS_ENDPOINT',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
]);
const OIDC = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
/**
 * The environment of cosign: what it needs and nothing else. cosign also reads every flag from a COSIGN_ variable, so a
 * variable of the job could turn off its checks. Only the variables that are named here are passed on.
 * @throws GateError `configuration` if the environment names a proxy that cannot be used
 */
function childEnvironment(parent, { home, region, key, searchPath }) {
    const environment = { ...commonEnvironment(parent, searchPath), ...awsEnvironment(parent) };
    if (key === 'keyless')
        keep(parent, OIDC, environment);
    if (key === 'file') {
        // Without this variable, cosign would prompt for the password.
        environment.COSIGN_PASSWORD = parent.COSIGN_PASSWORD ?? '';
    }
    // cosign does not read the region in a key's ARN.
    if (region !== undefined)
        environment.AWS_REGION = region;
    return { ...environment, HOME: home, DOCKER_CONFIG: home, TUF_ROOT: `${home}/tuf` };
}
function keep(parent, names, into) {
    for (const name of names) {
        const value = parent[name];
        if (value !== undefined)
            into[name] = value;
    }
}
/**
 * What every program that this action starts gets: PATH, directories for temporary files, proxies and certificates.
 * @param searchPath the trusted entries of PATH; default: the absolute entries of the parent's PATH
 * @throws GateError `configuration` if the environment names a proxy that cannot be used
 */
function commonEnvironment(parent, searchPath) {
    const environment = {};
    keep(parent, PASSED_ON, environment);
    Object.assign(environment, (0,_proxy_js__WEBPACK_IMPORTED_MODULE_1__/* .proxyEnvironment */ .w)(parent));
    // Go does not read NODE_EXTRA_CA_CERTS. On Linux it trusts the certificates of this file and of the system's directories;
    // on macOS and Windows it trusts the system's store alone. Source: crypto/x509, root_unix.go.
    if (environment.SSL_CERT_FILE === undefined && parent.NODE_EXTRA_CA_CERTS) {
        environment.SSL_CERT_FILE = parent.NODE_EXTRA_CA_CERTS;
    }
    // A wrapper or a credential process that is started by its name must not come from the checkout either. On Windows the
    // shell would look in the current directory first.
    if (searchPath !== undefined)
        environment.PATH = searchPath;
    else if (environment.PATH !== undefined) {
        environment.PATH = (0,_exec_js__WEBPACK_IMPORTED_MODULE_2__/* .absoluteEntries */ .e)(environment.PATH).join(node_path__WEBPACK_IMPORTED_MODULE_0__.delimiter);
    }
    if (process.platform === 'win32')
        environment.NoDefaultCurrentDirectoryInExePath = '1';
    return environment;
}
/** What programs need that send requests to AWS: credentials, region and endpoints. */
function awsEnvironment(parent) {
    const environment = {};
    for (const [name, value] of Object.entries(parent)) {
        // On Windows, names of variables are not case-sensitive.
        const variable = process.platform === 'win32' ? name.toUpperCase() : name;
        if (PASSED_ON_OF_AWS.has(variable) && value !== undefined)
            environment[variable] = value;
    }
    const userHome = parent.HOME ?? parent.USERPROFILE;
    if (userHome !== undefined) {
        // The SDK looks for its files below HOME, and the program gets another HOME.
        environment.AWS_CONFIG_FILE ??= `${userHome}/.aws/config`;
        environment.AWS_SHARED_CREDENTIALS_FILE ??= `${userHome}/.aws/credentials`;
    }
    return environment;
}


/***/ }),

/***/ 32348:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ absoluteEntries),
/* harmony export */   g: () => (/* binding */ execute)
/* harmony export */ });
/* harmony import */ var node_async_hooks__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16698);
/* harmony import */ var node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(53053);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _actions_exec__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(49905);
/* harmony import */ var _watchdog_shared_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(13692);
/** Runs a program with a time limit, a limit for its output, and an abort signal. */





const KILL_AFTER_MS = 2_000;
const DEFAULT_MOST_OUTPUT = 8 * 1024 * 1024;
// @actions/exec does not return the process that it starts. Node publishes every process on this channel, in the async
// context of the call that started it.
const calls = new node_async_hooks__WEBPACK_IMPORTED_MODULE_0__.AsyncLocalStorage();
(0,node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_1__.subscribe)('child_process', (message) => {
    calls.getStore()?.(message.process);
});
/**
 * The absolute entries of PATH. A relative entry is relative to the current directory, which in a workflow is the
 * checkout: a pull request could add the program that signs.
 */
function absoluteEntries(path) {
    return path.split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter).filter((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(entry));
}
/**
 * Runs a program until it ends, its time limit is over or the signal is aborted. The promise never rejects: where the
 * program could not be started, there is no exit code and `stderr` says why.
 */
async function execute(program, args, options) {
    const out = [];
    const err = [];
    const { mostOutput = DEFAULT_MOST_OUTPUT } = options;
    let size = 0;
    let ended = false;
    let flooded = false;
    const children = [];
    const settled = Promise.withResolvers();
    let timers = [];
    const end = () => {
        if (ended)
            return;
        ended = true;
        for (const child of children)
            child.kill('SIGTERM');
        timers.push(setTimeout(() => {
            for (const child of children)
                child.kill('SIGKILL');
            // A program that it started may keep its pipes open, so they are not waited for.
            settled.resolve();
        }, KILL_AFTER_MS));
    };
    const collect = (into) => (data) => {
        size += data.length;
        if (size <= mostOutput) {
            into.push(data);
            return;
        }
        flooded ||= !ended;
        end();
    };
    if (options.signal.aborted || options.timeoutMs <= 0) {
        return { exitCode: undefined, stdout: '', stderr: 'no time was left', timedOut: true };
    }
    timers = [setTimeout(end, options.timeoutMs)];
    options.signal.addEventListener('abort', end, { once: true });
    // If a signal ended the program, Node names the signal, and the exit code of @actions/exec is null.
    let exitCode;
    let killedBy = null;
    const run = calls.run((child) => {
        children.push(child);
        // A program that ends before its standard input is read would otherwise end this process (EPIPE).
        child.once('spawn', () => {
            child.stdin?.on('error', () => { });
            // The watchdog ends the program if this thread no longer can.
            if (child.pid !== undefined)
                child.once('exit', _watchdog_shared_js__WEBPACK_IMPORTED_MODULE_4__/* .shared */ .ue.addChild(child.pid));
        });
        child.once('exit', (_, name) => {
            killedBy = name;
        });
        // The time limit may pass between the call and the start.
        if (ended)
            child.kill('SIGKILL');
    }, async () => {
        try {
            exitCode = await (0,_actions_exec__WEBPACK_IMPORTED_MODULE_3__/* .exec */ .m)(`"${program}"`, args, {
                env: { ...options.env },
                silent: true,
                ignoreReturnCode: true,
                // The program cannot ask questions: its standard input is empty.
                input: Buffer.alloc(0),
                listeners: { stdout: collect(out), stderr: collect(err) },
            });
        }
        catch (error) {
            err.push(Buffer.from(error instanceof Error ? error.message : String(error)));
        }
    });
    await Promise.race([run, settled.promise]);
    for (const timer of timers)
        clearTimeout(timer);
    options.signal.removeEventListener('abort', end);
    if (flooded)
        err.push(Buffer.from('\nit was terminated because its output was too large'));
    else if (killedBy !== null && !ended)
        err.push(Buffer.from(`\nit was terminated by ${killedBy}`));
    return {
        exitCode: ended ? undefined : (exitCode ?? undefined),
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        timedOut: ended && !flooded,
    };
}


/***/ }),

/***/ 95282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SP: () => (/* binding */ explainFailure),
/* harmony export */   _F: () => (/* binding */ isTagTaken),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   q1: () => (/* binding */ foundBy)
/* harmony export */ });
/** Maps cosign's error output to causes and next steps. Pure. */
/** Whether a push failed because its tag exists and is immutable. */
function isTagTaken(message) {
    return /TAG_INVALID|tag is immutable/.test(message);
}
const KEY_OF_OTHER_USE = 'Use an asymmetric key with the usage SIGN_VERIFY and the spec ECC_NIST_P256.';
const HINTS = [
    [
        /KMS: (?:GetPublicKey|DescribeKey),.*AccessDenied/s,
        'Allow kms:DescribeKey and kms:GetPublicKey on the key for the role of this job, and kms:Sign to sign with it.',
    ],
    [
        /KMS: (\w+),.*AccessDenied/s,
        'Allow kms:DescribeKey, kms:GetPublicKey and kms:Sign on the signing key for the role of this job.',
    ],
    [/DisabledException|is disabled|KMSInvalidState/, 'Enable the signing key in KMS, or use another key.'],
    [/Missing Region/, 'Set AWS_REGION for this step.'],
    [
        /failed to refresh cached credentials|get identity: get credentials|ExpiredToken|UnrecognizedClient/,
        'Run aws-actions/configure-aws-credentials in this job before this step. The credentials must stay valid until the end of the wait.',
    ],
    [
        /UnsupportedOperationException|InvalidKeyUsage|unsupported (?:key|elliptic curve)|unknown public key algorithm/i,
        KEY_OF_OTHER_USE,
    ],
    [
        /NotFoundException|Alias .* is not found/,
        'Check the ARN or alias of the key, its account and its region.',
    ],
    [
        /TAG_INVALID|tag is immutable/,
        'The tags of this repository are immutable. Use signature-format: bundle, or exclude sha256-* from tag immutability.',
    ],
    [
        /encrypted: decryption failed/,
        'Set the environment variable COSIGN_PASSWORD of this step to the password of the key file.',
    ],
    [/invalid pem block/, 'Use a private key that cosign generate-key-pair created.'],
    [/no such file or directory/, 'Check the path of the key file. A KMS key is written awskms:///ARN.'],
    [
        /unexpected status code 40[13]|UNAUTHORIZED|DENIED/,
        'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:ListImageReferrers on the repository. Signing also requires ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage.',
    ],
    [
        /ACTIONS_ID_TOKEN|fetching ambient OIDC credentials|device flow/,
        'Add "permissions: id-token: write" to the job.',
    ],
];
const AGAIN = 'Every attempt failed, but such failures are usually temporary. Run the step again.';
// The last line: the errors of the clients of Fulcio, Rekor (both versions), the timestamp authority and TUF.
const TRANSIENT = new RegExp([
    'unexpected status code (?:429|5\\d\\d)|StatusCode: 5\\d\\d|Throttling|TooManyRequests|TOOMANYREQUESTS',
    'connection reset|connection refused|EOF|i/o timeout|TLS handshake timeout|context deadline exceeded',
    'no such host|network is unreachable|server misbehaving',
    // If a registry gives a reason, cosign prints it without the HTTP status.
    '\\b(?:UNKNOWN|UNAVAILABLE): ',
    '(?:returned|response:|\\]\\[) ?(?:408|429|5\\d\\d)|tuf refresh failed',
].join('|'));
/** Whether a message is about the network, an unavailable service or throttling, so that another attempt may succeed. */
function isTransient(message) {
    return TRANSIENT.test(message);
}
/** How much of a line is read: cosign quotes the answers of registry and KMS. */
const MOST_LINE_CHARACTERS = 8_000;
/**
 * What cosign determined where it fails because there is no matching attestation; undefined for every other failure. The
 * first error counts: the rest of the message quotes what others have attached.
 */
function foundBy(stderr) {
    const error = stderr.split(/\r?\n/).find((line) => line.startsWith('Error: ')) ?? '';
    if (error.startsWith('Error: none of the attestations matched the predicate type: '))
        return 'other-types';
    const nothing = /^Error: (?:no matching attestations|no signatures found|no matching signatures)\b/;
    return nothing.test(error) ? 'nothing' : undefined;
}
/** What cosign's error output means. It prints every error twice, with warnings in between; the last error counts. */
function explainFailure(stderr) {
    const lines = stderr
        .split(/\r?\n/)
        .map((line) => line.slice(0, MOST_LINE_CHARACTERS).trim())
        .filter((line) => line !== '');
    const panic = lines.find((line) => /^(?:panic|fatal error): /.test(line));
    if (panic !== undefined) {
        // A key for another use has no signing algorithms, and sigstore's client reads the first one.
        const nextStep = /kms\/aws\.\(\*cmk\)\.(?:HashFunc|Verifier)/.test(stderr) ? KEY_OF_OTHER_USE : undefined;
        return { message: `it crashed (${panic})`, nextStep, transient: false };
    }
    const error = lines.findLast((line) => /^Error: /.test(line)) ?? lines.findLast((line) => !/^WARNING/.test(line));
    // After a colon cosign prints what each attestation lacks, in lines of their own. Without any, the colon remains.
    const message = error
        ?.replace(/^Error: /, '')
        .replace(/^error during command execution: /, '')
        .replace(/:$/, '') ?? 'it printed nothing';
    const transient = isTransient(message);
    const hint = HINTS.find(([pattern]) => pattern.test(message))?.[1];
    return { message, nextStep: hint ?? (transient ? AGAIN : undefined), transient };
}


/***/ }),

/***/ 61920:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ verifiedBundle),
/* harmony export */   GX: () => (/* binding */ provesBundle),
/* harmony export */   XB: () => (/* binding */ provesLegacy),
/* harmony export */   hi: () => (/* binding */ isSignature)
/* harmony export */ });
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67805);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35125);


const LEGACY_TYPE = 'cosign container image signature';
/**
 * Whether the output of `verify-attestation` contains a signature of exactly this digest with these annotations. The
 * output has one DSSE envelope per line, verified by cosign. The caller checks the exit code.
 */
function provesBundle(stdout, digest, annotations = {}) {
    return (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_0__/* .statementsOf */ .GX)(stdout).some((statement) => isSignature(statement, digest, annotations));
}
/** Whether a statement is a signature of this digest with these annotations. */
function isSignature({ predicateType, subjects }, digest, annotations) {
    return (predicateType === _arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .SIGNATURE_TYPE */ .uf &&
        subjects.some((subject) => subject.digest === digest && holds(subject.annotations, annotations)));
}
/**
 * The last of the downloaded bundles whose envelope cosign has verified and printed, and whose statement is wanted;
 * undefined if there is none.
 */
function verifiedBundle(downloaded, verified, isWanted) {
    const envelopes = new Set(verified.split('\n').flatMap((line) => envelopeKey(line, isWanted) ?? []));
    return downloaded.split('\n').findLast((line) => {
        try {
            const { dsseEnvelope } = JSON.parse(line);
            const key = envelopeKey(JSON.stringify(dsseEnvelope) ?? '', isWanted);
            return key !== undefined && envelopes.has(key);
        }
        catch {
            return false;
        }
    });
}
/** Identifies an envelope by its payload and signatures. */
function envelopeKey(line, isWanted) {
    const [statement] = (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_0__/* .statementsOf */ .GX)(line);
    if (statement === undefined || !isWanted(statement))
        return undefined;
    const { payload, signatures } = JSON.parse(line);
    const all = Array.isArray(signatures) ? signatures : [];
    return JSON.stringify([payload, all.map((one) => one?.sig)]);
}
/** The same for legacy signatures: `verify` prints them as a JSON array. */
function provesLegacy(stdout, digest, annotations = {}) {
    try {
        const claims = JSON.parse(stdout);
        return claims.some(({ critical, optional }) => critical.type === LEGACY_TYPE &&
            critical.image['docker-manifest-digest'] === digest &&
            holds(optional ?? undefined, annotations));
    }
    catch {
        return false;
    }
}
function holds(actual, wanted) {
    return Object.entries(wanted).every(([name, value]) => actual?.[name] === value);
}


/***/ }),

/***/ 55188:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ makePrivateDirectory)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75650);
/* harmony import */ var _watchdog_shared_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(13692);
/** A directory that only this user can read, for cosign and the registry credentials. It is removed when the run ends. */






const PREFIX = 'gate-signing-';
/** A job runs for at most six hours. An older directory is not in use, even if its process cannot be looked up. */
const ABANDONED_MS = 12 * 60 * 60_000;
/**
 * Creates the directory in `RUNNER_TEMP`. First it removes directories of runs that were killed: they can contain
 * credentials.
 * @throws GateError `signing` if it cannot be created
 */
async function makePrivateDirectory(environment, log) {
    const parent = environment.RUNNER_TEMP || (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)();
    await removeAbandoned(parent, log);
    const { pid, started, namespace } = await thisProcess();
    let path;
    try {
        // mkdtemp creates it with the mode 0700.
        path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(parent, `${PREFIX}${pid}.${started}.${namespace}.`));
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('signing', `A private directory could not be created in ${parent}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`, {
            nextStep: 'Make the directory RUNNER_TEMP writable for this step.',
            cause: error,
        });
    }
    open.add(path);
    // One listener for all directories: Node warns about a leak where there are more than ten.
    if (open.size === 1)
        process.on('exit', removeOpen);
    const forget = _watchdog_shared_js__WEBPACK_IMPORTED_MODULE_5__/* .shared */ .ue.addDirectory(path);
    return {
        path,
        close: async () => {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { recursive: true, force: true });
            open.delete(path);
            if (open.size === 0)
                process.off('exit', removeOpen);
            forget();
        },
    };
}
/** The directories that are in use. */
const open = new Set();
/** Removes them where the process ends before they are closed. */
function removeOpen() {
    for (const path of open) {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { recursive: true, force: true });
        }
        catch {
            // The others still have to be removed.
        }
    }
}
/** A directory that cannot be removed does not fail the run. */
async function removeAbandoned(parent, log) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(parent).catch(() => []);
    for (const name of names.filter((one) => one.startsWith(PREFIX))) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(parent, name);
        try {
            const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(path);
            // Links are not followed, and directories of other users are left alone.
            const isOurs = stats.isDirectory() && (process.getuid === undefined || stats.uid === process.getuid());
            if (!isOurs || (await isInUse(name, Date.now() - stats.mtimeMs)))
                continue;
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { recursive: true, force: true });
            log(`Removed ${path}, which was left behind by a run that was killed.`);
        }
        catch (error) {
            log(`Could not remove ${path}, which was left behind by another run: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`);
        }
    }
}
async function isInUse(name, ageMs) {
    const [, pid = '', started = '', namespace = ''] = /^(\d{1,10})\.(\d+)\.(\d+)\.[A-Za-z0-9]{6}$/.exec(name.slice(PREFIX.length)) ?? [];
    const here = await thisProcess();
    if (pid === '' || namespace !== here.namespace)
        return ageMs < ABANDONED_MS;
    try {
        process.kill(Number(pid), 0);
    }
    catch (error) {
        // Any other error, such as EPERM, means that the process exists.
        if (error.code === 'ESRCH')
            return false;
    }
    if (started === '0')
        return true;
    const now = await processOf(pid);
    // A zombie has ended; its parent has not read its exit code yet.
    return now === undefined || (now.started === started && !/[ZX]/.test(now.state));
}
async function thisProcess() {
    const namespace = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readlink)('/proc/self/ns/pid').then((link) => /\d+/.exec(link)?.[0], () => undefined);
    const { started } = (await processOf('self')) ?? {};
    return { pid: `${process.pid}`, started: started ?? '0', namespace: namespace ?? '0' };
}
/**
 * State and start time of a process on Linux; undefined on other systems, and if there is no such process. Source:
 * proc_pid_stat(5).
 */
async function processOf(pid) {
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The second field is the name of the program in parentheses, which may contain any character.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, started] = [fields[0], fields[19]];
    return state === undefined || started === undefined ? undefined : { state, started };
}


/***/ }),

/***/ 58850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Md: () => (/* binding */ fileName),
  qN: () => (/* binding */ programAt),
  Bc: () => (/* binding */ programOnPath),
  $0: () => (/* binding */ provisionCosign)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./files.js
var files = __webpack_require__(60866);
// EXTERNAL MODULE: ./signing/cosign/exec.js
var exec = __webpack_require__(32348);
// EXTERNAL MODULE: ./signing/cosign/private-directory.js
var private_directory = __webpack_require__(55188);
// EXTERNAL MODULE: ./signing/cosign/release.js
var release = __webpack_require__(64304);
;// CONCATENATED MODULE: ./signing/cosign/search-path.js



/** The runner's own directories: an account that can write there controls the runner anyway. */
const RUNNERS_OWN = ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'HOME'];
const WRITABLE_BY_OTHERS = 18n;
const STICKY = 512n;
/**
 * The entries of PATH that are trusted, and why the others are not. An entry that does not exist is in neither list.
 */
async function trustedSearchPath(path, surroundings) {
    const directories = new Set();
    const refused = [];
    for (const entry of new Set(path.split(external_node_path_.delimiter))) {
        if (!(0,external_node_path_.isAbsolute)(entry)) {
            // In a workflow, it is a directory of the checkout.
            if (path !== '')
                refused.push({ entry, why: 'it is relative' });
            continue;
        }
        const way = await (0,files/* wayTo */.bj)(entry).catch(() => undefined);
        if (way === undefined || way.missing.length > 0)
            continue;
        const why = await objectionTo(way, surroundings);
        if (why === undefined)
            directories.add(way.real);
        else
            refused.push({ entry, why });
    }
    return { directories: [...directories], refused };
}
/**
 * Why a directory or a program is not trusted; undefined if it is.
 *
 * Every directory and link on the way is checked: none may be in the workspace, and only this account, root and the
 * runner's account may be able to replace it. In a directory with the sticky bit, such as /tmp, accounts cannot replace
 * files of others. Directories above the runner's own are not checked: on GitHub-hosted runners all accounts can write to
 * /opt, and in GitHub's runner image to the home directory. On Windows the mode says nothing, so only the workspace is
 * checked.
 */
async function objectionTo(way, { environment, workingDirectory }) {
    const workspaces = [environment.GITHUB_WORKSPACE, workingDirectory].filter((one) => one !== undefined);
    const [inside] = await (0,files/* stepsIn */.FZ)(way, workspaces.filter((one) => one !== ''));
    if (inside !== undefined)
        return `${inside.path} is in the workspace`;
    if (process.getuid === undefined)
        return undefined;
    const own = await Promise.all(RUNNERS_OWN.map((name) => looksAt(environment[name])));
    const runners = way.steps.filter(({ stats }) => own.some((one) => one !== undefined && (0,files/* isSame */.Ft)(one, stats)));
    const [temp] = own;
    const accounts = [0n, BigInt(process.getuid()), ...(temp === undefined ? [] : [temp.uid])];
    for (const { path, stats } of way.steps) {
        const isTarget = path === way.real;
        if (!isTarget && runners.some((runner) => (0,files/* isBelow */.Yw)(runner.path, path)))
            continue;
        if (!accounts.includes(stats.uid))
            return `${path} belongs to another account (${stats.uid})`;
        // The mode of a link has no meaning: who can replace it depends on its directory.
        if (stats.isSymbolicLink() || (stats.mode & WRITABLE_BY_OTHERS) === 0n)
            continue;
        const isProtected = !isTarget && stats.isDirectory() && (stats.mode & STICKY) !== 0n;
        if (!isProtected)
            return `other accounts can write to ${path} (mode ${(stats.mode & 4095n).toString(8)})`;
    }
    return undefined;
}
async function looksAt(path) {
    return path === undefined || path === '' ? undefined : (0,promises_.stat)(path, { bigint: true }).catch(() => undefined);
}

;// CONCATENATED MODULE: ./signing/cosign/provision.js
/** Finds a supported cosign on PATH, or downloads one. */









/** cosign has about 140 MB. */
const MOST_BYTES = 512 * 1024 * 1024;
const COSIGN = {
    name: 'cosign',
    versionArguments: ['version', '--json'],
    parseVersion: release/* parseVersion */.ot,
    isSupported: release/* isSupported */.TT,
};
/**
 * Takes cosign from a trusted directory of PATH if its version is supported, or else downloads it and verifies its
 * checksum. The log has its path and checksum, because everyone who can put a program on PATH can sign with this key.
 * The program is copied into the private directory, and the copy is hashed and started, so that the checksum is that of
 * the running program. A script may need other files in its directory, so it is not copied; before each start it is
 * compared with the file that was hashed.
 * @throws GateError `signing`
 */
async function provisionCosign(wanted, ports) {
    const directory = await (0,private_directory/* makePrivateDirectory */.D)(ports.environment, ports.log);
    try {
        const { program, searchPath } = await programOnPath(COSIGN, ports, directory.path);
        const found = program ?? (await downloadCosign(wanted, ports, directory.path));
        return { ...found, searchPath, directory };
    }
    catch (error) {
        await directory.close();
        throw error;
    }
}
/**
 * Looks for a supported version of a program in the trusted directories of PATH, and copies it into the private directory.
 * @returns `program`: undefined if there is none; `searchPath`: the PATH of the program
 */
async function programOnPath(wanted, ports, directory) {
    const { environment, log } = ports;
    const { directories, refused } = await trustedSearchPath(environment.PATH ?? '', ports);
    for (const { entry, why } of refused)
        log(`Not used: PATH entry ${JSON.stringify(entry)}: ${why}`);
    // An empty PATH would mean the current directory.
    const searchPath = directories.join(external_node_path_.delimiter) || directory;
    const { name } = wanted;
    const file = fileName(name);
    for (const path of directories.map((one) => (0,external_node_path_.join)(one, file))) {
        const program = await programAt(path, file, ports, directory);
        if (program === undefined)
            continue;
        const version = await versionOf(program, wanted, searchPath, ports);
        if (version !== undefined && wanted.isSupported(version)) {
            log(`${name} ${version} from PATH: ${path}, sha256:${program.sha256}`);
            return { program: { ...program, version }, searchPath };
        }
        log(`Not used: ${path} is ${version === undefined ? `not a ${name} that prints its version` : `${name} ${version}, which is not supported`}`);
    }
    return { program: undefined, searchPath };
}
/** The name of a program's file. */
function fileName(program) {
    return process.platform === 'win32' ? `${program}.exe` : program;
}
/**
 * The program at a path in a trusted directory, as a copy of this name in the private directory; undefined if there is none,
 * or if it is not trusted itself.
 * @param otherwise what to do where the copy cannot be started. `refused` also copies scripts
 */
async function programAt(path, name, ports, directory, otherwise = 'where it is') {
    const isProgram = await (0,promises_.access)(path, promises_.constants.X_OK).then(() => true, () => false);
    if (!isProgram)
        return undefined;
    try {
        const way = await (0,files/* wayTo */.bj)(path);
        const why = await objectionTo(way, ports);
        if (why === undefined)
            return await adopt(path, (0,external_node_path_.join)(directory, name), otherwise);
        ports.log(`Not used: ${path}: ${why}`);
    }
    catch (error) {
        ports.log(`Not used: ${path}: ${(0,errors/* messageOf */.bD)(error)}`);
    }
    return undefined;
}
/**
 * Copies a program to a path in the private directory. A script, or any program where the directory is mounted with noexec, is
 * used where it is.
 * @param otherwise what to do where the copy cannot be started
 * @throws Error if the program is not a regular file or is too large, and if a copy is required and cannot be started
 */
async function adopt(path, copy, otherwise) {
    const source = await (0,promises_.open)(path, promises_.constants.O_RDONLY | (promises_.constants.O_NONBLOCK ?? 0));
    try {
        const stats = await source.stat({ bigint: true });
        if (!stats.isFile())
            throw new Error('it is not a regular file');
        if (stats.size > MOST_BYTES)
            throw new Error(`it has more than ${MOST_BYTES / 1024 / 1024} MiB`);
        const { buffer } = await source.read(Buffer.alloc(2), 0, 2, 0);
        const isScript = buffer.toString('latin1') === '#!';
        if (!isScript || otherwise === 'refused') {
            await (0,promises_.rm)(copy, { force: true });
            const sha256 = await digestOf(source, await (0,promises_.open)(copy, 'wx', 0o700));
            const isProgram = await (0,promises_.access)(copy, promises_.constants.X_OK).then(() => true, () => false);
            if (isProgram)
                return { path: copy, sha256, check: async () => { } };
            await (0,promises_.rm)(copy, { force: true });
            if (otherwise === 'refused')
                throw new Error(`programs in ${(0,external_node_path_.dirname)(copy)} cannot be started`);
        }
        const sha256 = await digestOf(source);
        return {
            path,
            sha256,
            check: async () => {
                const now = await (0,promises_.stat)(path, { bigint: true }).catch(() => undefined);
                if (now !== undefined && isUnchanged(stats, now))
                    return;
                throw new errors/* GateError */.ue('signing', `${path} has changed since its checksum was logged.`, {
                    nextStep: 'Find out what modifies the file while this step runs.',
                });
            },
        };
    }
    finally {
        await source.close();
    }
}
/** Whether it is the same file with the same content. Programs cannot set the time of the last change (ctime). */
function isUnchanged(before, now) {
    return ['dev', 'ino', 'size', 'ctimeNs'].every((name) => before[name] === now[name]);
}
/** Computes the SHA-256 of a file, and copies it while reading where a copy is wanted. */
async function digestOf(source, copy) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    try {
        const options = { start: 0, autoClose: false, highWaterMark: 1024 * 1024 };
        for await (const chunk of source.createReadStream(options)) {
            hash.update(chunk);
            await copy?.writeFile(chunk);
        }
    }
    finally {
        await copy?.close();
    }
    return hash.digest('hex');
}
async function versionOf(program, { versionArguments, parseVersion: parse }, searchPath, { environment, signal }) {
    // On Windows most programs do not start without SystemRoot.
    const { SystemRoot } = environment;
    const env = { PATH: searchPath, ...(SystemRoot === undefined ? {} : { SystemRoot }) };
    await program.check();
    const result = await (0,exec/* execute */.g)(program.path, [...versionArguments], {
        env,
        timeoutMs: 20_000,
        signal,
    });
    return result.exitCode === 0 ? parse(result.stdout) : undefined;
}
async function downloadCosign({ version, sha256 }, { download, log }, directory) {
    const asset = (0,release/* cosignAsset */.WR)(process.platform, process.arch);
    const expected = sha256 ?? (asset === undefined ? undefined : release/* COSIGN_CHECKSUMS */.r1[asset]);
    const install = 'Install cosign in a step before this one, for example with sigstore/cosign-installer.';
    if (asset === undefined || expected === undefined) {
        throw new errors/* GateError */.ue('signing', `There is no cosign release for ${process.platform} ${process.arch}.`, {
            nextStep: install,
        });
    }
    const url = `https://github.com/sigstore/cosign/releases/download/${version}/${asset}`;
    log(`Downloading cosign ${version}`);
    let program;
    try {
        const path = await download(url);
        try {
            program = await adopt(path, (0,external_node_path_.join)(directory, fileName(COSIGN.name)), 'refused');
        }
        finally {
            await (0,promises_.rm)(path, { force: true });
        }
    }
    catch (error) {
        if (error instanceof errors/* GateError */.ue)
            throw error;
        throw new errors/* GateError */.ue('signing', `cosign ${version} could not be downloaded: ${(0,errors/* messageOf */.bD)(error)}`, {
            nextStep: install,
            cause: error,
        });
    }
    if (program.sha256 !== expected) {
        throw new errors/* GateError */.ue('signing', `The download of cosign ${version} has SHA-256 ${program.sha256}, expected ${expected}. It was deleted.`, {
            nextStep: 'Do not use this download. Find out who changed it, or correct the checksum in cosign-version.',
        });
    }
    log(`cosign ${version} downloaded: sha256:${program.sha256}`);
    return { ...program, version };
}


/***/ }),

/***/ 70017:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E8: () => (/* binding */ logIn),
/* harmony export */   Q5: () => (/* binding */ callTime),
/* harmony export */   T1: () => (/* binding */ call),
/* harmony export */   UH: () => (/* binding */ stopIfOver),
/* harmony export */   XL: () => (/* binding */ byHand),
/* harmony export */   fA: () => (/* binding */ openSession),
/* harmony export */   g5: () => (/* binding */ failureOf)
/* harmony export */ });
/* unused harmony export regionOf */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(17180);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(90274);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35125);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7660);
/* harmony import */ var _exec_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(32348);
/* harmony import */ var _failures_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(95282);
/** One cosign for one run: the program, its private directory with the registry credentials, and how it is called. */








// How long one call of cosign may take. cosign's own default is three minutes.
const CALL_MS = 120_000;
/**
 * Starts a session with a cosign and its private directory. If that fails, the directory is removed.
 * @throws Error if the directory cannot be written
 */
async function openSession(cosign, options, ports) {
    const home = cosign.directory.path;
    let registry;
    const close = async () => {
        await registry?.then((started) => started.close()).catch(() => { });
        await cosign.directory.close();
    };
    try {
        const none = {
            signingConfig: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, 'signing-config.json'),
            trustedRoot: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, 'trusted-root.json'),
        };
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(none.signingConfig, _arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .NO_SERVICES */ .r0.signingConfig, { mode: 0o600 });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(none.trustedRoot, _arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .NO_SERVICES */ .r0.trustedRoot, { mode: 0o600 });
        return {
            ...options,
            ports,
            cosign,
            home,
            signingConfig: options.services?.signingConfig ?? none.signingConfig,
            trustedRoot: options.services?.trustedRoot ?? none.trustedRoot,
            ownServices: options.services !== undefined,
            emptyRoot: none.trustedRoot,
            registries: new Set(),
            serve: async (image) => {
                registry ??= __webpack_require__.e(/* import() */ 2850).then(__webpack_require__.bind(__webpack_require__, 72850)).then((module) => module.startLoopbackRegistry());
                return (await registry).serve(image);
            },
            close,
        };
    }
    catch (error) {
        await close();
        throw error;
    }
}
/**
 * Writes credentials for a registry into the private directory, where cosign reads them.
 * @throws GateError if ECR gives no credentials
 */
async function logIn({ ports, home, registries }, registry) {
    if (registries.has(registry.host))
        return;
    const { user, password } = await ports.authorize(registry);
    const auth = Buffer.from(`${user}:${password}`).toString('base64');
    ports.mask(password);
    ports.mask(auth);
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, 'config.json');
    const existing = JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8').catch(() => '{"auths":{}}'));
    const auths = { ...existing.auths, [registry.host]: { auth } };
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, JSON.stringify({ auths }), { mode: 0o600 });
    registries.add(registry.host);
}
/**
 * Calls cosign once.
 * @param registry its region is used where neither the key nor the environment has one
 * @throws GateError `signing` if cosign has changed since its checksum was logged
 */
async function call(session, args, registry, { mostOutput, mostMs = CALL_MS } = {}) {
    const { ports, cosign, home, key } = session;
    const region = regionOf(session, registry);
    const { environment } = ports;
    await cosign.check();
    return (0,_exec_js__WEBPACK_IMPORTED_MODULE_6__/* .execute */ .g)(cosign.path, args, {
        env: (0,_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .childEnvironment */ .Qc)(environment, { home, region, key, searchPath: cosign.searchPath }),
        timeoutMs: Math.min(mostMs, callTime(ports.deadline)),
        signal: ports.deadline.signal,
        mostOutput,
    });
}
/**
 * The region in which cosign looks for a KMS key. That of an alias comes from the environment if possible: the name of the image
 * must not decide which key is used.
 */
function regionOf({ ports, keyRegion }, registry) {
    const { AWS_REGION, AWS_DEFAULT_REGION } = ports.environment;
    return keyRegion ?? (AWS_REGION || AWS_DEFAULT_REGION || registry?.region);
}
/** What a command by hand has to know of a session. */
function byHand(session, verifier, { registry, repository, digest }, format) {
    return {
        image: (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .imageUri */ .W_)(registry, repository, digest),
        format,
        verifier,
        region: regionOf(session, registry),
        transparencyLog: session.transparencyLog,
        trustedRoot: session.ownServices ? session.trustedRoot : undefined,
    };
}
/** How long one call may take, in milliseconds. */
function callTime(deadline) {
    return Math.min(CALL_MS, deadline.remainingMs());
}
/** Why a call failed. */
function failureOf(result) {
    if (result.timedOut) {
        const nextStep = 'Raise the input timeout, or check that the registry and KMS are reachable.';
        return { message: 'it did not finish in time', nextStep, transient: false };
    }
    return (0,_failures_js__WEBPACK_IMPORTED_MODULE_7__/* .explainFailure */ .SP)(result.stderr);
}
/** @throws GateError `timeout` or `cancelled` if the run has ended */
function stopIfOver(deadline, doing) {
    if (deadline.signal.aborted)
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .interrupted */ .VM)(deadline, doing);
}


/***/ }),

/***/ 72443:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ retry)
/* harmony export */ });
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/**
 * Makes attempts until one succeeds or cannot be retried, no attempt is left, or the deadline is over.
 * @returns the result of the last attempt
 * @throws what an attempt throws
 */
async function retry(attempt, { deadline, attempts, firstPauseMs = FIRST_PAUSE_MS }) {
    for (let made = 1;; made += 1) {
        const { value, again } = await attempt();
        if (!again || made >= attempts || deadline.signal.aborted)
            return value;
        await deadline.sleep(Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (made - 1)));
    }
}


/***/ }),

/***/ 88421:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G_: () => (/* binding */ SUMMARY_TYPE),
/* harmony export */   HV: () => (/* binding */ VERIFIER_ID),
/* harmony export */   L_: () => (/* binding */ readSummary),
/* harmony export */   Ms: () => (/* binding */ weakenedPolicySha256),
/* harmony export */   N: () => (/* binding */ resourceUri),
/* harmony export */   Ob: () => (/* binding */ verificationSummary),
/* harmony export */   UG: () => (/* binding */ summaryTime),
/* harmony export */   Z$: () => (/* binding */ vulnerabilityReport),
/* harmony export */   Z1: () => (/* binding */ EXTENSIONS),
/* harmony export */   ak: () => (/* binding */ policyDigests),
/* harmony export */   e9: () => (/* binding */ VULNERABILITIES_TYPE),
/* harmony export */   sn: () => (/* binding */ PASSED_LEVEL)
/* harmony export */ });
/* unused harmony exports THRESHOLDS_URI, thresholdsPolicy */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37728);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(90274);
/**
 * The predicates that are attested of an image that passed. Pure. Every predicate is validated against the fields of its
 * specification.
 */



/** SLSA Verification Summary Attestation. Source: https://slsa.dev/spec/v1.1/verification_summary */
const SUMMARY_TYPE = 'https://slsa.dev/verification_summary/v1';
/** in-toto's vulnerability predicate. Source: in-toto/attestation, spec/predicates/vulns_02.md */
const VULNERABILITIES_TYPE = 'https://in-toto.io/attestation/vulns/v0.2';
// The names of this project. They are URNs, because the project has no domain.
const NAMESPACE = 'urn:ecr-deployment-gate';
/** The `verifier.id` of every summary: the program that judged. The signature says on whose behalf. */
const VERIFIER_ID = NAMESPACE;
/** `policy.uri` of a run without a policy file, which is judged by the thresholds alone. */
const THRESHOLDS_URI = `${NAMESPACE}:thresholds`;
/** The same where inputs such as a baseline or a base image allowed more than the thresholds do. */
const WEAKENED_THRESHOLDS_URI = `${NAMESPACE}:weakened-thresholds`;
/** The level that a summary claims: allowed by this gate. SLSA reserves names that begin with SLSA_. */
const PASSED_LEVEL = 'ECR_DEPLOYMENT_GATE_PASSED';
/** The names of the extension fields. in-toto requires URIs. */
const EXTENSIONS = {
    verdict: `${NAMESPACE}:verdict`,
    thresholds: `${NAMESPACE}:thresholds`,
    counts: `${NAMESPACE}:counts`,
    exceptions: `${NAMESPACE}:exceptions`,
    baseline: `${NAMESPACE}:baseline`,
    baseImages: `${NAMESPACE}:base-images`,
    weakened: `${NAMESPACE}:weakened`,
    scannedAt: `${NAMESPACE}:scanned-at`,
    policyFile: `${NAMESPACE}:policy-file`,
};
const Uri = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/, 'is not a URI'));
const Sha256 = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest in hex'));
const Time = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), 
// RFC 3339. Date.parse alone accepts many other formats.
valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i, 'is not an RFC 3339 time'), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((text) => !Number.isNaN(Date.parse(text)), 'is not a time'));
const Level = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq());
const OwnLevel = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(Level, valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((level) => !level.startsWith('SLSA_'), 'SLSA_ is reserved'));
const DigestSet = valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP());
/** The published fields that a consumer needs. Unknown fields are ignored, as in-toto's parsing rules require. */
const SummarySchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    verifier: valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ id: Uri, version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP())) }),
    timeVerified: Time,
    resourceUri: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq()),
    policy: valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ uri: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()), digest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(DigestSet) }),
    verificationResult: valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KIO(['PASSED', 'FAILED']),
    verifiedLevels: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(Level),
    // If an extension field is malformed, the summary is read without it.
    [EXTENSIONS.policyFile]: valibot__WEBPACK_IMPORTED_MODULE_2__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ digest: DigestSet })), undefined),
    [EXTENSIONS.weakened]: valibot__WEBPACK_IMPORTED_MODULE_2__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(true)]))), undefined),
});
/** What may be attached: every field is in the specification or has a URI as its name. */
const AttachedSummary = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    ...SummarySchema.entries,
    resourceUri: Uri,
    policy: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ uri: Uri, digest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ sha256: Sha256 }) }),
    verificationResult: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('PASSED'),
    verifiedLevels: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(OwnLevel), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq()),
    [EXTENSIONS.policyFile]: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ digest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ sha256: Sha256 }) })),
    inputAttestations: valibot__WEBPACK_IMPORTED_MODULE_2__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ uri: Uri, digest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ sha256: Sha256 }) })), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq())),
}), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((summary) => Object.keys(summary).every((name) => name in SummarySchema.entries || name === 'inputAttestations' || valibot__WEBPACK_IMPORTED_MODULE_2__.is(Uri, name)), 'has a field that is not in the specification and whose name is not a URI'));
const AttachedVulnerabilities = valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    scanner: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        uri: Uri,
        version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
        db: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
            uri: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(Uri),
            version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
            lastUpdate: Time,
        }),
        result: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
            id: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq()),
            severity: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ method: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), score: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() })),
            annotations: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()))),
        })),
    }),
    metadata: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ scanStartedOn: Time, scanFinishedOn: Time }),
});
/**
 * Names the repository that a summary is about: `oci://ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY`. The
 * digest is in the statement's subject; the repository has to be said as well, or the summary of one repository
 * would hold in every other that has the same image. Host names that lead to the same registry (FIPS, dual
 * stack) have one form, so that it does not matter which of them built and which deploys.
 */
function resourceUri(registry, repository) {
    return `oci://${(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .plainName */ .MH)(registry, repository)}`;
}
/**
 * The policy of a run without a policy file. Its digest is the SHA-256 of this JSON, so that anyone can work it
 * out: `{"fail-on":"critical","ignore-unfixed":false,"scan-type":"enhanced","warn-on":"high"}`.
 */
function thresholdsPolicy(thresholds) {
    return { uri: THRESHOLDS_URI, sha256: sha256Of(named(thresholds)) };
}
function named({ failOn, warnOn, ignoreUnfixed, scanType }) {
    return { 'fail-on': failOn, 'ignore-unfixed': ignoreUnfixed, 'scan-type': scanType, 'warn-on': warnOn };
}
/**
 * The summary of an image that passed. A blocked image gets none: `cosign verify` accepts any attestation by a key as a
 * signature, also one that says FAILED.
 * @throws ValiError if a value does not fit the published fields
 */
function verificationSummary(input) {
    const { policy, file } = attestedPolicy(input);
    const predicate = {
        verifier: { id: VERIFIER_ID, version: { 'ecr-deployment-gate': input.actionVersion } },
        timeVerified: input.verifiedAt.toISOString(),
        resourceUri: input.resourceUri,
        policy,
        ...inputAttestationsOf(input),
        verificationResult: 'PASSED',
        verifiedLevels: [...input.verifiedLevels],
        ...(file === undefined ? {} : { [EXTENSIONS.policyFile]: file }),
        [EXTENSIONS.verdict]: input.verdict,
        [EXTENSIONS.thresholds]: named(input.thresholds),
        [EXTENSIONS.counts]: { ...input.counts },
        [EXTENSIONS.exceptions]: input.exceptionsUsed.map((exception) => ({
            id: exception.id,
            ...(exception.reason === undefined ? {} : { reason: exception.reason }),
            ...(exception.expires === undefined ? {} : { expires: exception.expires.toISOString() }),
            ...(exception.approvedBy === undefined ? {} : { approvedBy: exception.approvedBy }),
            ...(exception.ticket === undefined ? {} : { ticket: exception.ticket }),
        })),
        ...(input.baseline === undefined ? {} : { [EXTENSIONS.baseline]: input.baseline }),
        ...(isEmpty(input.baseImages ?? []) ? {} : { [EXTENSIONS.baseImages]: input.baseImages }),
        ...(isEmpty(input.weakening) ? {} : { [EXTENSIONS.weakened]: sorted(input.weakening) }),
        ...(input.scannedAt === undefined ? {} : { [EXTENSIONS.scannedAt]: input.scannedAt.toISOString() }),
    };
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(AttachedSummary, predicate);
    return { type: SUMMARY_TYPE, predicate };
}
/** SLSA: if the list is not empty, it has to contain all attestations that were used, each with its digest. */
function inputAttestationsOf({ inputAttestations = [] }) {
    if (isEmpty(inputAttestations))
        return {};
    return {
        inputAttestations: inputAttestations.map(({ uri, digest }) => ({
            uri,
            digest: { sha256: digest.replace(/^sha256:/, '') },
        })),
    };
}
/**
 * The policy by its name and digest, and the file that it was read from by its digest. A policy that inputs of the run weaken is
 * another policy, so that a consumer who expects the policy does not accept the weakened one. The same holds for a consumer who
 * expects the file: its digest is weakened in the same way.
 */
function attestedPolicy({ policy, thresholds, weakening }) {
    const isWeak = !isEmpty(weakening);
    const attested = (sha256) => ({
        digest: { sha256: isWeak ? weakenedPolicySha256(sha256, weakening) : sha256 },
    });
    if (policy === undefined) {
        const { uri, sha256 } = thresholdsPolicy(thresholds);
        return { policy: { uri: isWeak ? WEAKENED_THRESHOLDS_URI : uri, ...attested(sha256) }, file: undefined };
    }
    // A policy file is known by its path or `owner/repo/path@ref`, which is not a URI.
    const path = policy.uri.split('/').map(encodeURIComponent).join('/').replaceAll('%40', '@');
    const isUri = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(policy.uri);
    const name = isUri ? policy.uri : `${NAMESPACE}:policy:${path}`;
    return {
        policy: { uri: isWeak ? `${NAMESPACE}:weakened-policy:${path}` : name, ...attested(policy.policySha256) },
        file: attested(policy.sha256),
    };
}
/**
 * The digest of a policy as inputs weaken it. It is the SHA-256 of the JSON of these inputs and the policy's own
 * digest, sorted by name, so that anyone can work it out: `{"baseline":true,"policy":"sha256:HEX"}`.
 */
function weakenedPolicySha256(policySha256, weakening) {
    return sha256Of(sorted({ ...weakening, policy: `sha256:${policySha256}` }));
}
function sorted(values) {
    return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
function isEmpty(values) {
    return Object.keys(values).length === 0;
}
function sha256Of(json) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(json)).digest('hex');
}
const SCANNERS = {
    enhanced: { uri: 'https://aws.amazon.com/inspector/', method: 'amazon-inspector' },
    basic: {
        uri: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html',
        method: 'amazon-ecr',
    },
};
/**
 * The findings as in-toto's vulnerability predicate. AWS says when a scan ended and nothing else: the start is
 * given as the end of the platform scanned first, and the database's last update as that same moment, which is
 * the state of knowledge that the report stands for.
 * @throws ValiError if a value does not fit the published fields, and if no scan time is known
 */
function vulnerabilityReport({ scanType, findings, scannedAt }) {
    const { uri, method } = SCANNERS[scanType];
    const times = scannedAt.map((date) => date.getTime()).sort((a, b) => a - b);
    const time = (ms) => (ms === undefined ? '' : new Date(ms).toISOString());
    const predicate = {
        scanner: {
            uri,
            db: { lastUpdate: time(times[0]) },
            result: findings.map(({ id, severity, score, effect, packages, platforms }) => ({
                id,
                severity: [
                    { method, score: severity },
                    ...(score === undefined ? [] : [{ method: `${method}-score`, score: String(score) }]),
                ],
                annotations: [{ effect, packages: packages.join(', '), platforms: platforms.join(', ') }],
            })),
        },
        metadata: { scanStartedOn: time(times[0]), scanFinishedOn: time(times.at(-1)) },
    };
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(AttachedVulnerabilities, predicate);
    return { type: VULNERABILITIES_TYPE, predicate };
}
/**
 * The digests by which a summary names its policy, SHA-256 in hex: that of the policy, and that of its file. A summary of a
 * version before 1.1 has that of the file alone, as that of the policy. No policy and file have the same digest.
 */
function policyDigests(summary) {
    return [summary.policy.digest?.sha256, summary[EXTENSIONS.policyFile]?.digest.sha256].filter((sha256) => sha256 !== undefined);
}
/** When a summary was made, in milliseconds since 1970. */
function summaryTime({ timeVerified }) {
    return Date.parse(timeVerified);
}
/** A summary as a consumer reads it; undefined for a predicate without the fields a summary has to have. */
function readSummary(predicate) {
    const result = valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeParse */ .xLC(SummarySchema, predicate, { abortEarly: true });
    return result.success ? result.output : undefined;
}


/***/ }),

/***/ 34334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ isRevocation),
  V: () => (/* binding */ revocationsOf)
});

// EXTERNAL MODULE: ./signing/statements/predicate.js
var statements_predicate = __webpack_require__(88421);
// EXTERNAL MODULE: ./image/reference.js
var reference = __webpack_require__(90274);
;// CONCATENATED MODULE: ./signing/statements/repository-name.js
/** Whether a resource URI certainly names another repository. Pure. */


// No image has a longer name. Longer texts are not parsed.
const MOST_RESOURCE_CHARACTERS = 1_000;
// The schemes with which an image or its registry can be named.
const SCHEME = /^(?:(oci|docker|https?):\/\/)?/i;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/;
/**
 * Whether a resource URI certainly names a repository other than the expected one: it has a well-formed registry and
 * repository, and they differ in more than the host name of the same registry, the port, scheme, case, tag or digest. A
 * URI that is missing, malformed or of another kind may mean the expected repository.
 * @param expected as `resourceUri` makes it
 */
function isClearlyOther(resource, expected) {
    if (typeof resource !== 'string' || resource.length > MOST_RESOURCE_CHARACTERS)
        return false;
    const text = resource.trim().toLowerCase();
    const [start, scheme] = SCHEME.exec(text) ?? [''];
    const [host = '', ...path] = text.slice(start.length).split('/');
    const registry = host.replace(/\.$|\.?:(?:443|80)$/, '');
    const repository = path
        .join('/')
        .replace(/[?#].*$/, '')
        .replace(/@.*$/, '')
        .replace(/:[^/]*$/, '')
        .replace(/\/+$/, '');
    // In the registry's own API, the repository follows "v2/".
    const names = [repository, repository.replace(/^v2\//, '')].map((name) => canonical(registry, name, scheme));
    return names.every((name) => name !== undefined && name !== expected);
}
/** A repository as `resourceUri` writes it; undefined if it is malformed or may not be a repository. */
function canonical(host, repository, scheme) {
    try {
        const { registry, repository: name } = (0,reference/* parseReference */.F2)(`${host}/${repository}`);
        return (0,statements_predicate/* resourceUri */.N)(registry, name);
    }
    catch (error) {
        if (!(error instanceof reference/* InvalidReference */.ft))
            throw error;
        // A host that only resembles one of ECR's may be a typing error, and an https URL can name anything.
        const isRegistry = DOMAIN.test(host) && !host.includes('dkr') && !scheme?.startsWith('http');
        return isRegistry && (0,reference/* isRepository */.Z6)(repository) ? `oci://${host}/${repository}` : undefined;
    }
}

// EXTERNAL MODULE: ./signing/statements/spelling.js
var spelling = __webpack_require__(58384);
// EXTERNAL MODULE: ./signing/statements/statement.js
var statements_statement = __webpack_require__(67805);
;// CONCATENATED MODULE: ./signing/statements/revocation.js
/** Verification summaries that revoke the verdict on an image. Pure. */




/**
 * Whether a statement is a verification summary that does not say PASSED, or says something else as well: in a second
 * spelling of the field, in its levels (FAILED is SLSA's word there) or in the gate's own verdict.
 */
function isRevocation({ predicateType, predicate }) {
    if (!(0,statements_statement/* isSummaryType */.NV)(predicateType))
        return false;
    if (!(0,spelling/* isRecord */.u4)(predicate))
        return true;
    const results = (0,spelling/* valuesOf */.sm)(predicate, 'verificationResult');
    const levels = [...(0,spelling/* valuesOf */.sm)(predicate, 'verifiedLevels'), ...(0,spelling/* valuesOf */.sm)(predicate, 'policyLevel')].flat();
    const verdicts = (0,spelling/* valuesOf */.sm)(predicate, statements_predicate/* EXTENSIONS */.Z1.verdict);
    return (results.length === 0 ||
        results.some((result) => result !== 'PASSED') ||
        levels.some((level) => typeof level === 'string' && /^\s*fail(?:ed)?\s*$/i.test(level)) ||
        verdicts.some((verdict) => verdict !== 'pass' && verdict !== 'warn'));
}
/**
 * The statements that revoke the verdict on a digest in a repository, or in one that it was promoted from.
 * @returns also, in words, those that do not count because they name another digest, or clearly another repository
 */
function revocationsOf(statements, { digest, resourceUri, promotedFrom = [] }) {
    const revocations = [];
    const notCounted = [];
    for (const statement of statements.filter(isRevocation)) {
        const summary = (0,spelling/* isRecord */.u4)(statement.predicate) ? statement.predicate : {};
        const resources = (0,spelling/* valuesOf */.sm)(summary, 'resourceUri');
        const counted = [resourceUri, ...promotedFrom];
        const isOther = resources.length > 0 &&
            resources.every((uri) => counted.every((expected) => isClearlyOther(uri, expected)));
        const time = quoted(summary.timeVerified) ?? 'an unknown time';
        const written = quoted(summary.verificationResult) ?? 'nothing';
        // A summary that says both PASSED and FAILED counts as FAILED.
        const result = written === 'PASSED' ? 'FAILED' : written;
        if ((0,statements_statement/* isAbout */.KH)(statement, digest) && !isOther) {
            revocations.push({ statement, at: dateOf(statement), time, result });
        }
        else {
            const subject = isOther ? quoted(resources[0]) : (statement.subjects[0]?.digest ?? 'no digest');
            notCounted.push(`one of ${time} that says ${result} is for ${subject}`);
        }
    }
    return { revocations, notCounted };
}
const MOST_QUOTED_CHARACTERS = 300;
function quoted(value) {
    return typeof value === 'string' ? value.slice(0, MOST_QUOTED_CHARACTERS) : undefined;
}
// Verification summaries did not exist before. Programs write a missing time as one in the year 1 or 1970.
const FIRST_SUMMARIES = Date.parse('2020-01-01T00:00:00Z');
/** When a summary was made; undefined if it lacks a required field, or has one in two spellings. */
function dateOf({ predicate }) {
    const summary = (0,statements_predicate/* readSummary */.L_)(predicate);
    if (summary === undefined || (0,spelling/* spelledTwice */.gD)(predicate))
        return undefined;
    return (0,statements_predicate/* summaryTime */.UG)(summary) < FIRST_SUMMARIES ? undefined : new Date((0,statements_predicate/* summaryTime */.UG)(summary));
}


/***/ }),

/***/ 58384:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gD: () => (/* binding */ spelledTwice),
/* harmony export */   sm: () => (/* binding */ valuesOf),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** Fields of JSON objects, in any spelling. Pure. */
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The values of a field in all spellings that differ only in case, underscores, hyphens and spaces. */
function valuesOf(record, field) {
    return Object.entries(record).flatMap(([key, value]) => (spelling(key) === spelling(field) ? [value] : []));
}
function spelling(key) {
    return key.toLowerCase().replaceAll(/[\s_-]/g, '');
}
/** Whether an object has a field in two spellings. */
function spelledTwice(record) {
    if (!isRecord(record))
        return false;
    const keys = Object.keys(record).map(spelling);
    return new Set(keys).size < keys.length;
}


/***/ }),

/***/ 67805:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ readLoosely),
/* harmony export */   GX: () => (/* binding */ statementsOf),
/* harmony export */   KH: () => (/* binding */ isAbout),
/* harmony export */   NV: () => (/* binding */ isSummaryType),
/* harmony export */   hg: () => (/* binding */ statementIn),
/* harmony export */   qP: () => (/* binding */ verifiedPayloads)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90274);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(85711);
/* harmony import */ var _predicate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(88421);
/* harmony import */ var _spelling_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(58384);
/** Reading in-toto statements. Pure. */




/**
 * The statements that `cosign verify-attestation` prints: one DSSE envelope per line. Lines that are no envelope and
 * statements with a duplicate key are left out. Of a verification summary with a duplicate key only the predicate is
 * left out: such a summary does not count for the image, and revokes the verdict.
 */
function statementsOf(stdout) {
    return stdout.split('\n').flatMap((line) => statementOf(line) ?? []);
}
function statementOf(line) {
    try {
        const envelope = JSON.parse(line);
        if (envelope.payloadType !== 'application/vnd.in-toto+json')
            return undefined;
        return statementIn(Buffer.from(envelope.payload, 'base64').toString('utf8'));
    }
    catch {
        return undefined;
    }
}
/**
 * The payloads of the envelopes that `cosign verify-attestation` prints, in the form in which Node writes base64: an
 * envelope was verified if its payload is among them.
 */
function verifiedPayloads(stdout) {
    return new Set(stdout.split('\n').flatMap((line) => payloadOf(line) ?? []));
}
function payloadOf(line) {
    try {
        const { payload } = JSON.parse(line);
        return typeof payload === 'string' ? Buffer.from(payload, 'base64').toString('base64') : undefined;
    }
    catch {
        return undefined;
    }
}
/**
 * The statement in a JSON text, read strictly; undefined if there is none, and if it has a duplicate key. Of a
 * verification summary with a duplicate key only the predicate is left out.
 */
function statementIn(text) {
    try {
        const statement = JSON.parse(text);
        const { predicateType, subject, predicate } = statement;
        if (typeof predicateType !== 'string')
            return undefined;
        const subjects = subject.flatMap((one) => {
            const sha256 = one?.digest?.sha256;
            const digest = typeof sha256 === 'string' ? `sha256:${sha256}` : '';
            return (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest) ? [{ digest, annotations: one?.annotations }] : [];
        });
        // JSON.parse keeps the last value of a duplicate key; other parsers keep the first.
        if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .givesKeyTwice */ .c)(text, statement))
            return { predicateType, subjects, predicate };
        // A summary that can be read in two ways must not count as PASSED, but has to revoke an earlier one.
        return isSummaryType(predicateType) ? { predicateType, subjects, predicate: undefined } : undefined;
    }
    catch {
        return undefined;
    }
}
/**
 * Reads a statement tolerantly, also where cosign would not accept its spelling. Used only to find statements that revoke
 * a verdict, never for what counts for an image.
 * @param payload the payload of an envelope
 * @returns undefined if it is not a statement
 */
function readLoosely(payload) {
    let value;
    try {
        value = JSON.parse(payload);
    }
    catch {
        return undefined;
    }
    if (!(0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(value))
        return undefined;
    const hasDuplicateKey = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .givesKeyTwice */ .c)(payload, value);
    const types = flattened((0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(value, 'predicateType')).filter((type) => typeof type === 'string');
    // Of several types, the type of a summary is the stricter one. JSON.parse may have dropped it.
    const summaryType = hasDuplicateKey && isSummaryType(payload) ? _predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .SUMMARY_TYPE */ .G_ : types.find(isSummaryType);
    const predicateType = summaryType ?? types[0];
    if (predicateType === undefined)
        return undefined;
    const predicates = (0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(value, 'predicate');
    return {
        predicateType,
        subjects: flattened([...(0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(value, 'subject'), ...(0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(value, 'subjects')]).flatMap(subjectsIn),
        predicate: hasDuplicateKey || types.length > 1 || predicates.length > 1 ? undefined : predicates[0],
    };
}
function subjectsIn(subject) {
    const digests = (0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(subject)
        ? flattened((0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(subject, 'digest'), (digest) => (0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(digest) ? Object.values(digest) : undefined)
        : [subject];
    return digests.flatMap((text) => {
        if (typeof text !== 'string')
            return [];
        const digest = `sha256:${text
            .trim()
            .toLowerCase()
            .replace(/^sha256:/, '')}`;
        return (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest) ? [{ digest, annotations: undefined }] : [];
    });
}
/**
 * The items of nested lists. It does not recurse: the author of the text chooses how deep the lists are.
 * @param inside the items of a value that is not a list, if it contains any
 */
function flattened(list, inside = () => undefined) {
    const items = [];
    const open = [...list].reverse();
    while (open.length > 0) {
        const item = open.pop();
        const more = Array.isArray(item) ? item : inside(item);
        if (more === undefined)
            items.push(item);
        // Not spread, because the number of arguments of a call is limited.
        else
            for (let at = more.length - 1; at >= 0; at -= 1)
                open.push(more[at]);
    }
    return items;
}
/** Whether a statement names the digest among its subjects. */
function isAbout({ subjects }, digest) {
    return subjects.some((subject) => subject.digest === digest);
}
/** Whether a predicate type is the type of a verification summary, in any version and spelling. */
function isSummaryType(type) {
    return type
        .toLowerCase()
        .replaceAll(/[^a-z]/g, '')
        .includes('verificationsummary');
}


/***/ })

};

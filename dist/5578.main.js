export const id = 5578;
export const ids = [5578,3197];
export const modules = {

/***/ 13791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ allPages)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17180);
/** Lists that AWS returns in pages. */

/** The most items of a list, more than the findings of any image. An endless list would fill the memory. */
const MOST_ITEMS = 200_000;
/**
 * Reads all pages of a list.
 * @param api such as `inspector2:ListFindings`
 * @param fetch reads a page by its token; undefined for the first
 * @throws MalformedAnswer when a token is repeated (the list would never end, or pages would be missing), or when the
 *   list has more than 200,000 items
 */
async function allPages(api, fetch) {
    const items = [];
    const seen = new Set();
    let coming = fetch(undefined);
    while (coming !== undefined) {
        const page = await coming;
        // An empty token ends the list like a missing one: the services accept no empty token.
        const token = page.nextToken === '' ? undefined : page.nextToken;
        if (token !== undefined && seen.has(token)) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned the same page token twice`);
        }
        if (token !== undefined)
            seen.add(token);
        coming = token === undefined ? undefined : fetch(token);
        // It is awaited after the items of this page, which may be malformed.
        coming?.catch(() => { });
        for (const item of typeof page.items === 'function' ? page.items() : page.items)
            items.push(item);
        if (items.length > MOST_ITEMS)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned more than ${MOST_ITEMS} items`);
    }
    return items;
}


/***/ }),

/***/ 55578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  judge: () => (/* binding */ judge),
  scannerOf: () => (/* binding */ scannerOf)
});

// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./image/configs.js
var configs = __webpack_require__(95976);
// EXTERNAL MODULE: ./image/ecr.js
var ecr = __webpack_require__(95241);
// EXTERNAL MODULE: ./image/layers.js
var image_layers = __webpack_require__(7049);
// EXTERNAL MODULE: ./image/origins.js
var origins = __webpack_require__(29804);
// EXTERNAL MODULE: ./policy/baseline.js
var policy_baseline = __webpack_require__(25205);
// EXTERNAL MODULE: ./policy/decide.js
var decide = __webpack_require__(77418);
// EXTERNAL MODULE: ./policy/details.js
var details = __webpack_require__(66702);
// EXTERNAL MODULE: ./policy/evaluate.js
var evaluate = __webpack_require__(36925);
// EXTERNAL MODULE: ./policy/exceptions.js + 2 modules
var policy_exceptions = __webpack_require__(5105);
// EXTERNAL MODULE: ./policy/base.js
var base = __webpack_require__(9103);
;// CONCATENATED MODULE: ./policy/weakening.js

/** The inputs that weaken the policy for one image: those that do so for every image, its baseline and its base images. */
function weakenedBy(byInputs, findings, verdict, policy, context) {
    return {
        ...byInputs,
        ...(isWeakenedByBaseline(verdict, policy) ? { baseline: true } : {}),
        ...((0,base/* isWeakenedByBaseImages */.t2)(findings, policy, context) ? { 'base-image': true } : {}),
    };
}
/** Whether a baseline may be the reason that an image is not blocked: it downgrades a finding, or excludes one from a limit. */
function isWeakenedByBaseline({ judged }, { limits }) {
    const limited = new Set(Object.keys(limits).map((severity) => severity.toUpperCase()));
    return judged.some(({ reason, inBaseline, finding }) => reason.kind === 'baseline' || (inBaseline === true && limited.has(finding.severity)));
}

// EXTERNAL MODULE: ./scan/age.js
var scan_age = __webpack_require__(29988);
// EXTERNAL MODULE: ./aws/errors.js
var aws_errors = __webpack_require__(17180);
// EXTERNAL MODULE: ./image/resolve.js
var resolve = __webpack_require__(48647);
;// CONCATENATED MODULE: ./scan/baseline.js
/** Reads the baseline: the findings of the image that is deployed now. */



/**
 * Reads the baseline once, without a wait for its scan to finish or its findings to settle: a finding that is missing
 * in it can only make the verdict stricter. Where the baseline cannot be read, the reason is returned instead.
 * @throws GateError only if the run has ended
 */
async function readBaseline(reference, source, scanner, deadline) {
    try {
        const [image] = await (0,resolve/* resolveImages */.Be)([reference], source);
        if (image === undefined)
            return { baseline: undefined, unused: 'it does not exist' };
        const observations = await scanner.observe(image.platforms, false);
        const scanned = image.platforms.filter((platform) => observations.get(platform)?.state.kind === 'scanned');
        if (scanned.length === 0) {
            const state = [...observations.values()][0]?.state;
            const why = state?.kind === 'scanned' || state === undefined ? 'the state of its scan is unknown' : state.reason;
            return { baseline: undefined, unused: `it is not scanned: ${why}` };
        }
        const findings = (await Promise.all(scanned.map((platform) => scanner.findings(platform)))).flat();
        const platforms = image.platforms.map(({ digest }) => digest);
        return { baseline: { uri: image.uri, reference: reference.text, platforms, findings } };
    }
    catch (error) {
        if (deadline.signal.aborted)
            throw (0,aws_errors/* interrupted */.VM)(deadline, 'reading the baseline', error);
        if (error instanceof errors/* GateError */.ue || error instanceof aws_errors/* MalformedAnswer */.ol) {
            return { baseline: undefined, unused: error.message };
        }
        throw error;
    }
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetRegistryScanningConfigurationCommand.js
var GetRegistryScanningConfigurationCommand = __webpack_require__(97133);
// EXTERNAL MODULE: ../node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(37728);
// EXTERNAL MODULE: ./aws/checked.js
var checked = __webpack_require__(66002);
// EXTERNAL MODULE: ./aws/pages.js
var aws_pages = __webpack_require__(13791);
// EXTERNAL MODULE: ./scan/configuration.js + 1 modules
var configuration = __webpack_require__(64539);
// EXTERNAL MODULE: ./scan/ecr-scan.js
var ecr_scan = __webpack_require__(22323);
// EXTERNAL MODULE: ./scan/state.js
var scan_state = __webpack_require__(40586);
;// CONCATENATED MODULE: ./scan/basic.js
/** Basic scanning: ECR's own scan, status and findings from one API. */










// Only the members that a decision needs are required.
const BasicPage = dist/* object */.Ikc({
    imageScanFindings: dist/* object */.Ikc({
        findings: dist/* array */.YOg(dist/* object */.Ikc({
            name: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
            severity: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
            description: dist/* nullish */.cl6(dist/* string */.YjP()),
            uri: dist/* nullish */.cl6(dist/* string */.YjP()),
            attributes: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ key: dist/* string */.YjP(), value: dist/* nullish */.cl6(dist/* string */.YjP()) }))),
        })),
        findingSeverityCounts: dist/* nullish */.cl6(dist/* record */.g1P(dist/* string */.YjP(), dist/* number */.aig())),
    }),
});
/**
 * Basic scanning as a Scanner. It refuses a registry that uses enhanced scanning, because Inspector has its findings,
 * and a registry whose scan type it cannot read.
 */
function basicScanner(clients, deadline) {
    const confirmed = new Map();
    const ask = async (image, nextToken) => {
        const answer = await (0,ecr_scan/* describeScan */.pM)(clients, deadline, image, { maxResults: ecr_scan/* ECR_PAGE */.rt, nextToken });
        const enhanced = answer?.imageScanFindings?.enhancedFindings;
        if (Array.isArray(enhanced) && enhanced.length > 0)
            throw enhancedRegistry(image);
        return answer;
    };
    /** A registry with enhanced scanning can answer COMPLETE with an empty list of basic findings. */
    const confirmBasic = (image) => {
        const { account, region } = image.registry;
        const key = `${account} ${region}`;
        const known = confirmed.get(key) ?? registryIsBasic(clients, deadline, image);
        confirmed.set(key, known);
        return known;
    };
    const observe = async (images) => {
        const observations = await Promise.all(images.map(async (image) => {
            const confirming = confirmBasic(image);
            const asking = (0,aws_errors/* attempt */.CD)(() => ask(image));
            await (0,errors/* allOrFailures */.OP)([
                ['Scan type', confirming],
                ['Scan', asking],
            ]);
            const answer = await asking;
            if (answer instanceof aws_errors/* MalformedAnswer */.ol) {
                const state = { kind: 'waiting', reason: answer.message };
                return [image, { state, isMissing: false, countedByEcr: undefined }];
            }
            const state = (0,scan_state/* classifyBasic */.h1)({
                ecrStatus: answer?.imageScanStatus?.status ?? undefined,
                completedAt: answer?.imageScanFindings?.imageScanCompletedAt ?? undefined,
                imageStatus: image.status,
                pushedAt: image.pushedAt,
                now: (0,ecr_scan/* serviceTime */.DR)(clients, image),
            });
            const countedByEcr = (0,ecr_scan/* countsOfWhole */.zy)(answer, 'findings');
            return [image, { state, isMissing: answer === undefined, countedByEcr }];
        }));
        return new Map(observations);
    };
    return {
        observe,
        imagesPerPoll: 1,
        poll: observe,
        findings: async (image) => {
            const pages = await (0,aws_pages/* allPages */.S)('ecr:DescribeImageScanFindings', async (token) => {
                const answer = await ask(image, token);
                const complete = answer?.imageScanStatus?.status === 'COMPLETE';
                if (!complete || (0,ecr_scan/* countsOfPage */.L_)(answer, 'findings') === undefined) {
                    throw new aws_errors/* MalformedAnswer */.ol('ecr:DescribeImageScanFindings returned no list of findings');
                }
                const { imageScanFindings } = (0,checked/* checked */.K)(BasicPage, answer, 'ecr:DescribeImageScanFindings');
                const { findings, findingSeverityCounts: counts } = imageScanFindings;
                return {
                    items: [{ findings, counts: counts ?? undefined }],
                    nextToken: answer.nextToken ?? undefined,
                };
            });
            const listed = pages.map(({ findings, counts }) => ({
                severities: findings.map(({ severity }) => severity),
                counts,
            }));
            if (!isWholeList(listed)) {
                throw new aws_errors/* MalformedAnswer */.ol('ecr:DescribeImageScanFindings returned fewer findings than it counts');
            }
            return pages.flatMap(({ findings }) => findings.map((finding) => normaliseBasic(finding, image)));
        },
        countedByEcr: async (image) => {
            const pages = await (0,aws_pages/* allPages */.S)('ecr:DescribeImageScanFindings', async (token) => {
                const answer = await ask(image, token);
                return { items: [(0,ecr_scan/* countsOfPage */.L_)(answer, 'findings')], nextToken: answer?.nextToken ?? undefined };
            });
            return (0,ecr_scan/* sumOfPages */.p7)(pages);
        },
        explainMissingScan: async (image) => ({ error: await (0,configuration/* neverScanned */.p)(clients, deadline, image, 'basic') }),
        serviceTime: (image) => (0,ecr_scan/* serviceTime */.DR)(clients, image),
    };
}
/**
 * The call has no parameter for a registry: ECR answers for the account of the caller, whatever account the image is
 * in.
 * Source: ECR's service model, GetRegistryScanningConfiguration.
 */
async function registryIsBasic(clients, deadline, image) {
    const { account } = image.registry;
    try {
        const client = clients.ecr(image.registry);
        const answer = await client.send(new GetRegistryScanningConfigurationCommand/* GetRegistryScanningConfigurationCommand */.M({}), {
            abortSignal: deadline.signal,
        });
        if (answer.registryId !== account)
            throw otherRegistry(account, answer.registryId);
        if (answer.scanningConfiguration?.scanType !== 'BASIC')
            throw enhancedRegistry(image);
    }
    catch (error) {
        throw (0,aws_errors/* translate */.Tl)(error, { action: 'ecr:GetRegistryScanningConfiguration', resource: '*' }, deadline);
    }
}
function otherRegistry(account, answered) {
    return new errors/* GateError */.ue('configuration', `scan-type is basic, but the scan type of the registry of account ${account} cannot be read. ECR reports only the scan type of the caller's own registry, and its response is for ${answered === undefined ? 'no account' : `account ${answered}`}.`, { nextStep: `Run this step with a role of account ${account}, or set scan-type: enhanced.` });
}
function enhancedRegistry({ registry }) {
    return new errors/* GateError */.ue('configuration', `scan-type is basic, but the registry of account ${registry.account}, region ${registry.region} does not use basic scanning.`, { nextStep: 'Set scan-type: enhanced, or remove the input.' });
}
/**
 * Whether the list has at least as many findings of every severity as ECR counts. AWS does not document whether the
 * counts of one page of several are about that page or about the image. Counts of the image are the same on every page,
 * and their sum is the number of findings.
 */
function isWholeList(pages) {
    if (pages.every(({ severities, counts }) => holds(severities, counts)))
        return true;
    const [first, ...others] = pages.map(({ counts }) => counts);
    const all = pages.flatMap(({ severities }) => severities);
    return (others.every((counts) => (0,external_node_util_.isDeepStrictEqual)(counts, first)) &&
        all.length === sum(first) &&
        holds(all, first));
}
function holds(severities, counts = {}) {
    return Object.entries(counts).every(([severity, count]) => severities.filter((listed) => listed === severity).length >= count);
}
function sum(counts = {}) {
    return Object.values(counts).reduce((total, count) => total + count, 0);
}
/** A score from 0 to 10; undefined for any other text. An empty text is not the score 0, which would be the lenient case. */
function scoreOf(text) {
    const score = /^\d{1,2}(?:\.\d+)?$/.test(text ?? '') ? Number(text) : Number.NaN;
    return score <= 10 ? score : undefined;
}
/** ECR's basic finding in the gate's normal form. Its attributes name the package; it has no status. */
function normaliseBasic(wire, image) {
    // A key that occurs several times must not hide a package or a score.
    const valuesOf = (name) => new Set((wire.attributes ?? []).flatMap(({ key, value }) => (key === name ? (value ?? []) : [])));
    const only = (values) => (values.size === 1 ? [...values][0] : undefined);
    const names = [...valuesOf('package_name')].filter((name) => name !== '');
    const version = only(valuesOf('package_version')) ?? '';
    const scores = valuesOf('CVSS3_SCORE');
    const score = scoreOf(only(scores.size > 0 ? scores : valuesOf('CVSS2_SCORE')));
    return {
        id: [wire.name, names.join(), version, image.digest].join('|'),
        type: 'PACKAGE_VULNERABILITY',
        vulnerabilityId: wire.name,
        relatedIds: [],
        title: wire.name,
        description: wire.description ?? '',
        // Basic scanning says UNDEFINED where Inspector says UNTRIAGED.
        severity: wire.severity === 'UNDEFINED' ? 'UNTRIAGED' : wire.severity.toUpperCase(),
        status: 'ACTIVE',
        score,
        cvss: [],
        epss: undefined,
        fixAvailable: undefined,
        exploitAvailable: undefined,
        knownExploited: undefined,
        packages: names.map((name) => ({
            name,
            version,
            manager: 'OS',
            fixedIn: undefined,
            epoch: undefined,
            release: undefined,
            arch: undefined,
            filePath: undefined,
            remediation: undefined,
            layer: undefined,
            instruction: undefined,
            origin: undefined,
            statedOrigin: undefined,
            reachability: undefined,
        })),
        source: undefined,
        sourceUrl: wire.uri ?? undefined,
        vendorSeverity: undefined,
        firstObservedAt: undefined,
        digest: image.digest,
        platform: image.platform,
        operatingSystem: undefined,
    };
}

// EXTERNAL MODULE: ./scan/details.js
var scan_details = __webpack_require__(59765);
// EXTERNAL MODULE: ./scan/inspector.js + 2 modules
var inspector = __webpack_require__(10694);
// EXTERNAL MODULE: ./scan/settle.js
var settle = __webpack_require__(61424);
// EXTERNAL MODULE: ./scan/wait.js
var wait = __webpack_require__(47726);
// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
// EXTERNAL MODULE: ./modes/images.js + 1 modules
var modes_images = __webpack_require__(57763);
;// CONCATENATED MODULE: ./modes/judge.js
/** From resolved images to verdicts: wait, collect, decide. */




















/** The scanner that the inputs and the policy select. */
function scannerOf({ scanType }, clients, deadline) {
    return scanType === 'basic' ? basicScanner(clients, deadline) : (0,inspector/* inspectorScanner */.O)(clients, deadline);
}
/** Waits for the scan of every image, collects its findings and judges it. An image ends with a verdict or with an error. */
async function judge(images, given) {
    const { inputs, settings, clients, context, scanner } = given;
    const { clock, deadline, log, random } = context;
    const isAllowed = (repository) => settings.baseImages.includes(repository);
    const baseImages = (0,origins/* once */.Oo)(async () => inputs.baseImages.length === 0
        ? undefined
        : (0,origins/* readBaseImages */.kc)(inputs.baseImages, layerSource(clients, context), isAllowed));
    const exceptions = given.exceptions.filter(({ origin }) => settings.excepting[origin]);
    const judging = { ...given, exceptions, baseImages };
    const { settleTimeMs, policy } = settings;
    const isExcepted = exceptions.length > 0 || inputs.baseline !== undefined;
    const blocking = {
        canBlock: (severity) => (0,decide/* canBlock */.Ch)(severity, policy),
        alwaysBlocks: (severity) => !isExcepted && (0,decide/* alwaysBlocks */.A_)(severity, policy),
    };
    const baseline = compareWith(scanner, judging);
    // It is awaited after the scan; until then its failure must not be an unhandled one.
    baseline.catch(() => { });
    const platforms = images.flatMap((image) => image.platforms);
    const scans = (0,wait/* watchScans */._v)(platforms, scanner, { clock, deadline, log, random, each: given.each }, given.observations);
    return Promise.all(images.map(async (image) => {
        const observations = new Map();
        try {
            const findings = await Promise.all(image.platforms.map(async (platform) => {
                const observation = await scans.get(platform);
                if (observation === undefined)
                    throw new errors/* GateError */.ue('not-proven', `The scan of ${platform.digest} was not observed.`);
                observations.set(platform.digest, observation);
                return (0,settle/* settledFindings */.Et)(platform, observation, scanner, {
                    settleTimeMs,
                    blocking,
                    clock,
                    deadline,
                    log,
                });
            }));
            const { verdict, ...rest } = await judge_decide(image, findings.flat(), scanner, await baseline, judging);
            const report = { ...(0,modes_images/* reported */.Y6)(image, observations, { kind: 'judged', verdict }), ...rest };
            warnOfAge(report, clients.serviceTime(image.registry), judging);
            return report;
        }
        catch (error) {
            return (0,modes_images/* reported */.Y6)(image, observations, { kind: 'error', error: (0,errors/* toGateError */.Vl)(error) });
        }
    }));
}
/** Warns if the last scan is old: vulnerabilities that were published later are not among the findings. */
function warnOfAge({ repository, digest, platforms }, now, { known, context }) {
    const at = now && (0,scan_age/* staleScan */.h3)(platforms, now);
    if (now === undefined || at === undefined)
        return;
    const age = (0,time/* formatAge */.nV)(now.getTime() - at.getTime());
    const notice = `${repository}@${digest} was last scanned ${age} ago and is not scanned continuously: vulnerabilities published since ${(0,time/* day */.vd)(at)} are not among its findings. Turn on continuous scanning for its repository, or scan the image again.`;
    known.notices.push(notice);
    context.warn(notice);
}
/** Judges an image, after reading the details of its findings that the policy needs. */
async function judge_decide(image, findings, scanner, baseline, judging) {
    const { settings, exceptions, known } = judging;
    const { policy } = settings;
    const [first] = image.platforms;
    if (first === undefined)
        throw new Error('an image without platforms was resolved');
    const now = scanner.serviceTime(first);
    known.judgedAt ??= now;
    const evaluation = {
        image: {
            host: image.registry.host,
            repository: image.repository,
            digests: [image.digest],
            platformDigests: image.platforms.map(({ digest }) => digest),
        },
        exceptions,
        baseline: baselineOf(image, baseline, judging),
        now,
    };
    const unplaced = { findings, baseImages: [] };
    const asked = policy.rules.some(({ when }) => when.layer !== undefined) || asksForConfig(image, judging);
    const placed = asked ? await withLayers(image, findings, judging) : unplaced;
    const detailed = await withKnownExploits(image, placed.findings, evaluation, judging);
    const verdict = (0,evaluate/* evaluate */._)(detailed, policy, evaluation);
    const weakened = weakenedBy(judging.weakening, detailed, verdict, policy, evaluation);
    // No advice is made for an image that passes.
    if (verdict.verdict !== 'pass')
        judging.bases.set(image, { findings: detailed, evaluation });
    if (asked || verdict.verdict === 'pass')
        return { verdict, baseImages: placed.baseImages, weakened };
    // The layers help the reader to fix the findings. The verdict does not depend on them.
    const explained = await withLayers(image, detailed, judging);
    judging.bases.set(image, { findings: explained.findings, evaluation });
    return {
        verdict: (0,evaluate/* evaluate */._)(explained.findings, policy, evaluation),
        baseImages: explained.baseImages,
        weakened,
    };
}
/** Whether the verdict can depend on the platforms that image configs name. Only those of an index are compared. */
function asksForConfig({ isIndex }, { settings: { policy }, exceptions }) {
    const rulesAsk = policy.rules.some(({ when }) => when.platform !== undefined);
    return isIndex && (rulesAsk || (0,policy_exceptions/* dependOnPlatform */.$)(exceptions));
}
/** Adds the exploit data (KEV, EPSS) to the findings whose verdict depends on it. */
async function withKnownExploits(image, findings, evaluation, { settings: { policy }, clients, context: { deadline, warn }, known }) {
    const asked = (0,details/* findingsNeedingDetails */.R)(findings, policy, evaluation);
    if (asked.length === 0)
        return findings;
    const { findings: detailed, unknown } = await (0,scan_details/* withDetails */.F)(asked, image.registry, clients, deadline);
    if (unknown !== undefined) {
        const notice = `KEV and EPSS data is unavailable for ${unknown.count} of ${asked.length} findings of ${image.repository}. They are treated as the stricter case. Reason: ${unknown.why}`;
        known.notices.push(notice);
        warn(notice);
        const { nextStep } = unknown;
        if (nextStep !== undefined && !known.nextSteps.includes(nextStep))
            known.nextSteps.push(nextStep);
    }
    const answered = new Map(asked.map((finding, index) => [finding, detailed[index] ?? finding]));
    return findings.map((finding) => answered.get(finding) ?? finding);
}
/** Adds the layers and Dockerfile instructions to the findings, as far as they are known. */
async function withLayers(image, findings, judging) {
    const isPlaced = findings.some(({ packages }) => packages.some(({ layer }) => layer !== undefined));
    if (!isPlaced && !asksForConfig(image, judging))
        return { findings, baseImages: [] };
    const { clients, context, baseImages, known } = judging;
    const source = layerSource(clients, context);
    const reading = (async () => (0,origins/* readLayers */.n4)(image, await baseImages(), source))();
    const { layers, notices } = await (0,origins/* readInTime */.LW)(reading, context.deadline);
    for (const notice of notices)
        if (!known.notices.includes(notice))
            known.notices.push(notice);
    return { findings: (0,image_layers/* attributeLayers */.LH)(findings, layers), baseImages: (0,image_layers/* baseImagesOf */.re)(layers.values()) };
}
function layerSource(clients, { deadline, environment }) {
    return { images: (0,ecr/* ecrImages */.D)(clients, deadline), configs: (0,configs/* ecrConfigs */.KI)(clients, deadline, environment) };
}
/** The baseline; undefined if there is none or it cannot be used, and then a warning says why. */
async function compareWith(scanner, { inputs, settings, clients, context: { deadline, warn }, known }) {
    const reference = inputs.baseline;
    if (reference === undefined)
        return undefined;
    const { baseline, unused } = settings.baseline
        ? await readBaseline(reference, (0,ecr/* ecrImages */.D)(clients, deadline), scanner, deadline)
        : { baseline: undefined, unused: 'the policy does not allow a baseline' };
    known.baseline = { reference: reference.text, uri: baseline?.uri, unused };
    if (unused !== undefined)
        warn(`The baseline was not used; no finding was downgraded: ${reference.text}: ${unused}`);
    return baseline;
}
/**
 * The baseline for one image; undefined if it is that image itself, which would allow all of its own findings. This
 * happens if the tag of the baseline was moved before the gate ran, or if the deployed image is judged again.
 */
function baselineOf(image, baseline, { known, imageCount, context: { warn } }) {
    if (baseline === undefined)
        return undefined;
    const platforms = image.platforms.map(({ digest }) => digest);
    if (!(0,policy_baseline/* isSameImage */.m_)(baseline.platforms, platforms))
        return baseline;
    const { reference } = baseline;
    const unused = 'it is the same image, so it does not show which findings are new';
    warn(`The baseline was not used; no finding was downgraded: ${reference}: ${unused}`);
    if (imageCount === 1)
        known.baseline = { reference, uri: undefined, unused };
    else
        known.notices.push(`The baseline ${reference} was not used for ${image.uri}: ${unused}`);
    return undefined;
}


/***/ })

};

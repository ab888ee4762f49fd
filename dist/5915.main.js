export const id = 5915;
export const ids = [5915];
export const modules = {

/***/ 66002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ checked)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37728);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17180);
/** AWS responses, checked against the shape that the gate needs. */


/**
 * Reads an answer with a schema. A member that is missing is not the same as an empty one.
 * @param api such as `ecr:DescribeImages`
 * @throws MalformedAnswer with the API and the member that is malformed
 */
function checked(schema, answer, api) {
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(schema, answer, { abortEarly: true });
    if (result.success)
        return result.output;
    const [issue] = result.issues;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned a malformed response (${valibot__WEBPACK_IMPORTED_MODULE_1__/* .getDotPath */ .BuJ(issue) ?? 'as a whole'}: ${issue.message})`);
}


/***/ }),

/***/ 62465:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ sendRaw)
/* harmony export */ });
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46193);
/** Answers of AWS as plain JSON, without the SDK's deserializer. */

/**
 * Sends a command and returns the JSON of the answer as AWS sent it: times are seconds since the epoch, and members can
 * be null. The SDK's deserializer takes a quarter of the time of a run with many findings. The caller checks the answer
 * with a schema, as it does every other answer.
 * @param send sends this command with its client
 * @throws what `send` throws; SyntaxError, which is retried, for a body that is not JSON
 */
async function sendRaw({ middlewareStack }, send) {
    let answer;
    // The stacks of commands differ only in the types of their inputs and outputs, which this does not use.
    middlewareStack.add((next) => async (args) => {
        const result = await next(args);
        const response = result.response;
        // The SDK reads errors itself.
        if (response.statusCode >= 300)
            return result;
        const { body } = response;
        response.body = NOTHING;
        answer = JSON.parse(await textOf(body));
        return result;
    }, 
    // This step is the closest to the network. It leaves an empty body for the SDK.
    { step: 'deserialize', priority: 'low', name: 'rawAnswer' });
    await send();
    return answer;
}
const NOTHING = Buffer.from('{}');
/** The text of a body, decoded as it arrives. Its bytes are not kept, to save memory with large pages. */
async function textOf(body) {
    const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_0__.StringDecoder('utf8');
    if (body instanceof Uint8Array)
        return decoder.end(Buffer.from(body.buffer, body.byteOffset, body.length));
    let text = '';
    for await (const chunk of body)
        text += decoder.write(chunk);
    return text + decoder.end();
}


/***/ }),

/***/ 29804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LW: () => (/* binding */ readInTime),
/* harmony export */   Oo: () => (/* binding */ once),
/* harmony export */   Xg: () => (/* binding */ readConfig),
/* harmony export */   _5: () => (/* binding */ statedBaseOf),
/* harmony export */   kc: () => (/* binding */ readBaseImages),
/* harmony export */   n4: () => (/* binding */ readLayers)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75650);
/* harmony import */ var _layers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7049);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(84858);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(66740);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(90274);
/* harmony import */ var _resolve_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(48647);
/** Reads manifests, configs and base images that explain the layers of an image. A failure here never fails a run. */






/**
 * Reads base images, each with all of its platforms, because only the layers show which of them an image is built on. It
 * never rejects.
 * @param isAllowed whether the policy allows a base image in a repository, by its plain name
 */
async function readBaseImages(references, source, isAllowed) {
    const read = await Promise.all(references.map(async (reference) => {
        try {
            return { platforms: await basePlatforms(reference, source, isAllowed), notices: [] };
        }
        catch (error) {
            const notice = `The base image ${reference.text} could not be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`;
            return { platforms: [], notices: [notice] };
        }
    }));
    return {
        platforms: read.flatMap(({ platforms }) => platforms),
        notices: read.flatMap(({ notices }) => notices),
    };
}
async function basePlatforms(reference, source, isAllowed) {
    const resolved = await (0,_resolve_js__WEBPACK_IMPORTED_MODULE_5__/* .resolveImages */ .Be)([reference], source.images);
    const read = resolved.map(async ({ registry, repository, platforms }) => {
        const digests = platforms.map(({ digest }) => digest);
        const manifests = await readManifests(registry, repository, digests, source);
        const repositoryName = (0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .plainName */ .MH)(registry, repository);
        return imagesOf(manifests).map((manifest) => ({
            name: reference.text,
            allowed: isAllowed(repositoryName),
            uri: `${repositoryName}@${manifest.digest}`,
            manifest,
            config: once(() => readConfig(registry, repository, manifest, source).catch(() => undefined)),
        }));
    });
    return (await Promise.all(read)).flat();
}
/**
 * Reads the layers of every platform of an image. It never rejects: what cannot be read is left out and named in a
 * notice.
 * @param base from readBaseImages; undefined if the workflow named none
 */
async function readLayers(image, base, source) {
    const { registry, repository, digest } = image;
    const notices = new Set(base?.notices);
    const layers = new Map();
    let manifests;
    try {
        const digests = new Set([digest, ...image.platforms.map((platform) => platform.digest)]);
        manifests = await readManifests(registry, repository, [...digests], source);
    }
    catch (error) {
        return { layers, notices: [...notices, `The layers of ${image.uri} are unknown: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`] };
    }
    const namedBases = new Map();
    const readStated = (stated) => {
        const reference = readable(stated, registry);
        if (reference === undefined)
            return Promise.resolve({ platforms: [], notices: [] });
        // Only the image itself names it, so no rule uses it.
        const known = namedBases.get(reference.text) ?? readBaseImages([reference], source, () => false);
        namedBases.set(reference.text, known);
        return known;
    };
    await Promise.all(imagesOf(manifests).map(async (manifest) => {
        const config = await readConfig(registry, repository, manifest, source).catch((error) => {
            notices.add(`The instructions that created the layers of ${repository} are unknown: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`);
            return undefined;
        });
        const stated = statedBaseOf(manifest, manifests.get(digest));
        const own = { digest: manifest.digest, layerDigests: manifest.layerDigests, diffIds: config?.diffIds };
        const [given, named] = await Promise.all([
            basesOf(own, base),
            // A base image that only the image itself names gets no notice where it cannot be used.
            stated === undefined ? [] : readStated(stated).then((found) => basesOf(own, found)),
        ]);
        layers.set(manifest.digest, (0,_layers_js__WEBPACK_IMPORTED_MODULE_1__/* .imageLayers */ .Mv)(manifest, config, given, named, stated));
    }));
    if (base !== undefined && base.platforms.length > 0) {
        for (const { digest: child, platform } of image.platforms) {
            const { base: built, whole = [] } = layers.get(child) ?? {};
            for (const { name } of whole) {
                notices.add(`The base image ${name} was not used for the image ${child}${platform === _platform_js__WEBPACK_IMPORTED_MODULE_3__/* .NO_PLATFORM */ .od ? '' : ` (${platform})`} of ${repository}: it has every layer of that image. Set base-image to the image that it is built on.`);
            }
            if (built !== undefined || whole.length > 0)
                continue;
            notices.add(`The image ${child}${platform === _platform_js__WEBPACK_IMPORTED_MODULE_3__/* .NO_PLATFORM */ .od ? '' : ` (${platform})`} of ${repository} does not start with the layers of any image in base-image. It was built on another image, or on an earlier image of the same tag.`);
        }
    }
    return { layers, notices: [...notices] };
}
/** How long a run waits for layers that are only shown with a finding. Most of them were read during the wait for the scan. */
const PATIENCE_MS = 20_000;
/** The layers, or a notice that they could not be read in time. */
async function readInTime(reading, deadline) {
    const late = { layers: new Map(), notices: ['The layers were not read in time.'] };
    return Promise.race([reading, deadline.sleep(PATIENCE_MS).then(() => late)]);
}
/** The platforms of a base image, with their configs where the blobs alone do not show that it is the base. */
async function basesOf(own, base) {
    const bases = (base?.platforms ?? []).map(({ name, allowed, uri, manifest, config }) => ({
        known: {
            ...{ name, allowed, uri, digest: manifest.digest },
            ...{ layerDigests: manifest.layerDigests, diffIds: undefined },
        },
        config,
    }));
    if (bases.some(({ known }) => (0,_layers_js__WEBPACK_IMPORTED_MODULE_1__/* .hasBlobsOf */ .Sw)(own, known)))
        return bases.map(({ known }) => known);
    return Promise.all(bases.map(async ({ known, config }) => ({ ...known, diffIds: (await config())?.diffIds })));
}
/**
 * The base image that a platform image names in its annotations, or the index for it.
 * @param top the manifest of the whole image
 */
function statedBaseOf({ annotations, digest }, top) {
    return (0,_layers_js__WEBPACK_IMPORTED_MODULE_1__/* .statedBase */ .hp)([annotations, ...indexAnnotations(top, digest)]);
}
/** The reference of a stated base image, if it is in the image's own registry and can be read there. */
function readable({ name, digest }, registry) {
    if (name === undefined)
        return undefined;
    try {
        const reference = (0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .parseReference */ .F2)(name);
        if (reference.registry.host !== registry.host)
            return undefined;
        return digest === undefined
            ? reference
            : { ...reference, tag: undefined, digest, text: `${name}@${digest}` };
    }
    catch {
        return undefined;
    }
}
/** The annotations that an index has for one of its children, and the annotations of the index. */
function indexAnnotations(index, child) {
    if (index?.kind !== 'index')
        return [];
    const descriptors = index.children.filter(({ digest }) => digest === child);
    return [...descriptors.map(({ annotations }) => annotations), index.annotations];
}
async function readManifests(registry, repository, digests, { images }) {
    const texts = await images.manifests(registry, repository, digests);
    return new Map([...texts].map(([digest, text]) => [digest, (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(digest, text)]));
}
function imagesOf(manifests) {
    return [...manifests.values()].filter((manifest) => manifest.kind === 'image');
}
/** The config of an image; undefined if its manifest names none. */
async function readConfig(registry, repository, { config }, { configs }) {
    if (config === undefined)
        return undefined;
    return (0,_layers_js__WEBPACK_IMPORTED_MODULE_1__/* .parseConfig */ .o4)(config.digest, await configs.config(registry, repository, config));
}
/** A function that runs `make` once and returns the same result every time. */
function once(make) {
    let made;
    return () => {
        made ??= make();
        return made;
    };
}


/***/ }),

/***/ 9103:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gs: () => (/* binding */ dependsOnBase),
/* harmony export */   bj: () => (/* binding */ withoutOrigin),
/* harmony export */   lU: () => (/* binding */ isLimited),
/* harmony export */   t2: () => (/* binding */ isWeakenedByBaseImages)
/* harmony export */ });
/* unused harmony export judgeByRules */
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77418);
/* harmony import */ var _evaluate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36925);
/** Compares the judgement of findings with the base images that the workflow names and without them. */


/** Whether a finding has a less severe effect because of the base images, or does not count towards a limit. */
function isBetterWithBase(finding, policy, context) {
    const { effect, counts } = judgeByRules(finding, policy, context);
    const without = judgeByRules(withoutOrigin(finding), policy, context);
    return (_decide_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITY_OF_EFFECT */ .yH[effect] < _decide_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITY_OF_EFFECT */ .yH[without.effect] ||
        (!counts && without.counts && isLimited(finding, policy)));
}
/**
 * Whether the base images that the workflow names may be the reason that an image is not blocked: they downgrade a finding,
 * or exclude one from a limit. Exceptions and the baseline are left out of the comparison, so that they cannot hide what the
 * base images change.
 */
function isWeakenedByBaseImages(findings, policy, context) {
    return findings.some((finding) => isJudged(finding, policy) &&
        dependsOnBase(finding, policy) &&
        isBetterWithBase(finding, policy, context));
}
/** Whether base images can change the judgement of a finding: a rule has the condition `layer`, and it is known for a package. */
function dependsOnBase({ packages }, { rules }) {
    return (packages.some(({ origin }) => origin !== undefined) && rules.some(({ when }) => when.layer !== undefined));
}
/** The finding as it is if no base image is named. */
function withoutOrigin(finding) {
    return { ...finding, packages: finding.packages.map((found) => ({ ...found, origin: undefined })) };
}
/** Judges a finding by rules and thresholds alone, without exceptions and without a baseline. */
function judgeByRules(finding, policy, { image, now }) {
    const { repository } = image;
    return (0,_decide_js__WEBPACK_IMPORTED_MODULE_0__/* .decide */ .LD)(finding, policy, { repository, now, exception: undefined, inBaseline: false });
}
/** Whether a policy limits how many findings of this severity there may be. */
function isLimited({ severity }, { limits }) {
    return limits[severity.toLowerCase()] !== undefined;
}
function isJudged(finding, policy) {
    return finding.status !== 'CLOSED' && !(0,_evaluate_js__WEBPACK_IMPORTED_MODULE_1__/* .isHidden */ .d)(finding, policy);
}


/***/ }),

/***/ 25205:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lz: () => (/* binding */ fixedSince),
/* harmony export */   Z0: () => (/* binding */ isInBaseline),
/* harmony export */   m_: () => (/* binding */ isSameImage)
/* harmony export */ });
const keysOf = new WeakMap();
/**
 * Whether the baseline has the same vulnerability in every package of a finding. Packages are compared by name and package
 * manager, not by version. A finding without packages is new.
 */
function isInBaseline(finding, baseline) {
    if (baseline === undefined)
        return false;
    let known = keysOf.get(baseline);
    if (known === undefined) {
        known = new Set(baseline.findings.filter(({ status }) => status === 'ACTIVE').flatMap(keys));
        keysOf.set(baseline, known);
    }
    const own = keys(finding);
    return own.length > 0 && own.every((key) => known.has(key));
}
/**
 * Whether a baseline is the image that is judged, or one of the two contains the other, by the digests of their platform
 * images. Such a baseline has every finding, so it does not show what is new.
 */
function isSameImage(baseline, judged) {
    const within = (some, others) => some.every((digest) => others.includes(digest));
    return within(baseline, judged) || within(judged, baseline);
}
/** The findings of the baseline that the image no longer has. */
function fixedSince(baseline, findings) {
    const present = new Set(findings.flatMap(keys));
    return baseline.findings.filter((finding) => finding.status === 'ACTIVE' && !keys(finding).some((key) => present.has(key)));
}
function keys({ vulnerabilityId, packages }) {
    return packages.map(({ name, manager }) => JSON.stringify([vulnerabilityId, name, manager ?? '']));
}


/***/ }),

/***/ 7524:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bw: () => (/* binding */ remainingConditions),
/* harmony export */   Jf: () => (/* binding */ onPlatform),
/* harmony export */   YW: () => (/* binding */ match),
/* harmony export */   ux: () => (/* binding */ within),
/* harmony export */   x7: () => (/* binding */ namesIds),
/* harmony export */   yX: () => (/* binding */ combined),
/* harmony export */   yg: () => (/* binding */ hasSeverity)
/* harmony export */ });
/* harmony import */ var _image_platform_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66740);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(36625);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41956);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37679);
/** Evaluates the conditions of a rule for a finding. A condition on data that the finding does not have is unknown. */




const TESTS = {
    severity: ({ severity }, finding) => [
        ifGiven(severity, (list) => hasSeverity(list, finding.severity)),
        'severity',
    ],
    repository: ({ repository }, _, context) => [
        ifGiven(repository, (globs) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, context.repository)),
    ],
    platform: ({ platform }, finding, { quantifier }) => [
        ifGiven(platform, (globs) => onPlatform(globs, finding, quantifier)),
        'platform',
    ],
    vulnerability: ({ vulnerability }, finding, { quantifier }) => [
        ifGiven(vulnerability, (globs) => namesVulnerability(globs, finding, quantifier)),
    ],
    score: ({ score }, finding) => [ifGiven(score, (bound) => within(finding.score, bound)), 'score'],
    fixAvailable: ({ fixAvailable }, finding) => [
        ifGiven(fixAvailable, (wanted) => is(knownValue(finding.fixAvailable, FIX), wanted)),
        'fix-available',
    ],
    exploitAvailable: ({ exploitAvailable }, finding) => [
        ifGiven(exploitAvailable, (wanted) => is(knownValue(finding.exploitAvailable, YES_NO), wanted ? 'YES' : 'NO')),
        'exploit-available',
    ],
    olderThanMs: ({ olderThanMs }, finding, { now }) => [
        ifGiven(olderThanMs, (ms) => compared(age(finding.firstObservedAt, now), (ageMs) => ageMs > ms)),
        'age',
    ],
    newerThanMs: ({ newerThanMs }, finding, { now }) => [
        ifGiven(newerThanMs, (ms) => compared(age(finding.firstObservedAt, now), (ageMs) => ageMs <= ms)),
        'age',
    ],
    package: packagesHold,
    packageManager: packagesHold,
    layer: packagesHold,
    reachability: packagesHold,
    epss: ({ epss }, finding) => [ifGiven(epss, (bound) => within(finding.epss, bound)), 'epss'],
    knownExploited: ({ knownExploited }, finding) => [
        ifGiven(knownExploited, (wanted) => is(finding.knownExploited, wanted)),
        'known-exploited',
    ],
};
const given = new WeakMap();
/** The tests for the conditions that are given. They are kept, because a rule is evaluated for thousands of findings. */
function testsOf(when) {
    const known = given.get(when);
    if (known !== undefined)
        return known;
    const keys = Object.keys(TESTS).filter((key) => when[key] !== undefined);
    const tests = [...Map.groupBy(keys, (key) => TESTS[key])];
    given.set(when, tests);
    return tests;
}
/** Whether all conditions hold. If one does not, the result is false even if others are unknown. */
function match(when, finding, context) {
    let isKnown = true;
    const missing = new Set();
    for (const [test] of testsOf(when)) {
        const result = test(when, finding, context);
        const [truth] = result;
        if (truth === false)
            return { truth: false, missing: [] };
        if (truth === true)
            continue;
        isKnown = false;
        const [, ...details] = result;
        for (const detail of details)
            missing.add(detail);
    }
    return { truth: isKnown ? true : undefined, missing: [...missing] };
}
/** Conditions on data about exploits, which a finding may not have before its details are read. */
const EXPLOIT_TESTS = [TESTS.epss, TESTS.knownExploited];
/**
 * The conditions whose result is unknown before the details of a finding are read: those on exploits, and those that are
 * unknown. Undefined if one of the others does not hold.
 */
function remainingConditions(when, finding, context) {
    const left = {};
    for (const [test, keys] of testsOf(when)) {
        const known = EXPLOIT_TESTS.includes(test) ? undefined : test(when, finding, context)[0];
        if (known === false)
            return undefined;
        if (known === undefined)
            for (const key of keys)
                left[key] = when[key];
    }
    return left;
}
const FIX = ['YES', 'NO', 'PARTIAL'];
const YES_NO = ['YES', 'NO'];
/** Undefined for a missing, invalid or future date. */
function age(since, now) {
    const ms = now.getTime() - (since?.getTime() ?? Number.NaN);
    return ms >= -_time_js__WEBPACK_IMPORTED_MODULE_1__/* .CLOCK_SKEW_MS */ .rn ? ms : undefined;
}
/** Whether a list has a severity. Undefined for a severity that is not in Inspector's list: it may be any of them. */
function hasSeverity(list, severity) {
    if (list.includes(severity))
        return true;
    return severity === _results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .UNTRIAGED */ .C3 || (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .rankOf */ .IQ)(severity) !== undefined ? false : undefined;
}
function compared(value, holds) {
    return value === undefined ? undefined : holds(value);
}
/** Evaluates a condition. One that is not given holds. */
function ifGiven(condition, holds) {
    return condition === undefined ? true : holds(condition);
}
/** Whether a number is within a bound. Undefined if there is no number. */
function within(value, { operator, value: bound }) {
    if (value === undefined || Number.isNaN(value))
        return undefined;
    switch (operator) {
        case '>=':
            return value >= bound;
        case '>':
            return value > bound;
        case '<=':
            return value <= bound;
        case '<':
            return value < bound;
    }
}
function is(value, wanted) {
    return value === undefined ? undefined : value === wanted;
}
/** The value, if it is a known one. */
function knownValue(value, known) {
    return known.find((candidate) => candidate === value);
}
function namesVulnerability(globs, finding, quantifier) {
    return namesIds(finding, quantifier, (id) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, id, { ignoreCase: true }));
}
/**
 * Whether a list of ids names the vulnerability of a finding. An advisory can stand for several vulnerabilities: what allows
 * a finding must name all of them, or the advisory itself.
 */
function namesIds({ vulnerabilityId, relatedIds }, quantifier, named) {
    if (named(vulnerabilityId))
        return true;
    return quantifier === 'any' ? relatedIds.some(named) : relatedIds.length > 0 && relatedIds.every(named);
}
/**
 * Whether a finding is on a platform that a glob names, in any spelling: `linux/amd64` is also `Linux/x86_64`, and stands for
 * every variant. A digest can stand for several platforms. A rule that blocks may mean the hosts that run the image, so it is
 * unknown for an image that only runs on such a host.
 */
function onPlatform(globs, finding, quantifier) {
    const names = (spellings) => spellings.some((name) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, name, { ignoreCase: true }));
    return combined((0,_image_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .platformsOf */ .Wt)(finding).map((platform) => {
        if (platform === undefined)
            return undefined;
        if (names(platform.own))
            return true;
        return quantifier === 'any' && names(platform.hosts) ? undefined : false;
    }), quantifier);
}
/** Combines results: `any` is a logical or, `every` a logical and. */
function combined(truths, quantifier) {
    const deciding = quantifier === 'any';
    if (truths.includes(deciding))
        return deciding;
    return truths.includes(undefined) ? undefined : !deciding;
}
/**
 * The conditions on packages must hold for the same package, so they are one test. They are unknown for a finding without
 * packages.
 */
function packagesHold(when, { packages }, { quantifier }) {
    const truths = packages.map((found) => packageHolds(when, found));
    const truth = packages.length === 0 ? undefined : combined(truths, quantifier);
    if (truth !== undefined)
        return [truth];
    const unknown = packages.filter((_, at) => truths[at] === undefined);
    const isMissing = (of) => packages.length === 0 || unknown.some((found) => found[of] === undefined);
    const missing = [];
    const named = when.package !== undefined && packages.length === 0;
    if (named || (when.packageManager !== undefined && isMissing('manager')))
        missing.push('package');
    if (when.layer !== undefined && isMissing('origin'))
        missing.push('layer');
    if (when.reachability !== undefined && isMissing('reachability'))
        missing.push('reachability');
    return [undefined, ...missing];
}
function packageHolds(when, found) {
    const truths = [
        ifGiven(when.package, (globs) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, found.name)),
        ifGiven(when.packageManager, (globs) => found.manager === undefined ? undefined : (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, found.manager, { ignoreCase: true })),
        ifGiven(when.layer, (layer) => is(found.origin, layer)),
        ifGiven(when.reachability, (wanted) => is(found.reachability, wanted)),
    ];
    return combined(truths, 'every');
}


/***/ }),

/***/ 77418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A_: () => (/* binding */ alwaysBlocks),
/* harmony export */   Ch: () => (/* binding */ canBlock),
/* harmony export */   LD: () => (/* binding */ decide),
/* harmony export */   sV: () => (/* binding */ quantifierOf),
/* harmony export */   yH: () => (/* binding */ SEVERITY_OF_EFFECT)
/* harmony export */ });
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36625);
/* harmony import */ var _conditions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7524);


/** Decides the effect of one finding on its image. */
function decide(finding, policy, context) {
    const { effect, reason, ignoresBaseline } = byRules(finding, policy, context);
    const { exception, inBaseline: known } = context;
    if (effect === 'allow') {
        // A rule ignores what is allowed for any other reason.
        const counts = reason.kind === 'below-thresholds' && exception === undefined && !known;
        return { effect, reason, counts };
    }
    if (exception !== undefined) {
        return { effect: 'allow', reason: { kind: 'exception', exception, instead: reason }, counts: false };
    }
    if (effect === 'block' && known && !ignoresBaseline) {
        return { effect: 'warn', reason: { kind: 'baseline', instead: reason }, counts: false };
    }
    return { effect, reason, counts: !known };
}
/** The order of effects, from the least severe. */
const SEVERITY_OF_EFFECT = { allow: 0, warn: 1, block: 2 };
/**
 * The first rule that matches decides. If it is unknown whether a rule matches, the finding gets the more severe effect of
 * this rule and of what the rules after it decide.
 */
function byRules(finding, policy, context) {
    // The rules before the one that decides in any case. Each of them can make the effect more severe.
    const open = [];
    let final;
    const contexts = {
        any: { ...context, quantifier: 'any' },
        every: { ...context, quantifier: 'every' },
    };
    for (const rule of policy.rules) {
        const { truth, missing } = (0,_conditions_js__WEBPACK_IMPORTED_MODULE_0__/* .match */ .YW)(rule.when, finding, contexts[quantifierOf(rule)]);
        if (truth === false)
            continue;
        const decided = byRule(rule, missing);
        if (truth === true && rule.action !== 'block') {
            final = decided;
            break;
        }
        open.push({ decided, isCertain: truth === true });
    }
    return open.reduceRight((other, { decided, isCertain }) => {
        const chosen = isCertain || SEVERITY_OF_EFFECT[decided.effect] > SEVERITY_OF_EFFECT[other.effect] ? decided : other;
        // Another rule can exclude from the baseline what this rule blocks.
        return { ...chosen, ignoresBaseline: decided.ignoresBaseline || other.ignoresBaseline };
    }, final ?? byThresholds(finding, policy));
}
/** A rule that blocks needs one package that matches. A rule that warns or ignores needs every package. */
function quantifierOf({ action }) {
    return action === 'block' ? 'any' : 'every';
}
/** The decision of a rule that matches. */
function byRule({ name, action, reason, when }, missing) {
    return {
        effect: effectOf(action),
        reason: { kind: 'rule', rule: name, reason, missing },
        ignoresBaseline: action === 'block' && when.knownExploited === true,
    };
}
function byThresholds(finding, policy) {
    const { failOn, warnOn } = policy;
    const by = (effect, reason) => ({
        effect,
        reason,
        ignoresBaseline: false,
    });
    if (finding.status === 'SUPPRESSED')
        return by(effectOf(policy.suppressed), { kind: 'suppressed' });
    if (finding.severity === _results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .UNTRIAGED */ .C3)
        return by(effectOf(policy.untriaged), { kind: 'untriaged' });
    const rank = (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .rankOf */ .IQ)(finding.severity);
    if (rank === undefined) {
        return {
            ...by('block', { kind: 'unknown-severity', severity: finding.severity }),
            ignoresBaseline: true,
        };
    }
    if ((0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(rank, failOn)) {
        return policy.ignoreUnfixed && finding.fixAvailable === 'NO'
            ? by('warn', { kind: 'unfixed', threshold: failOn })
            : by('block', { kind: 'fail-on', threshold: failOn });
    }
    if ((0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(rank, warnOn))
        return by('warn', { kind: 'warn-on', threshold: warnOn });
    return by('allow', { kind: 'below-thresholds' });
}
/** Whether a finding of a severity could block an image under a policy, whatever its other properties are. */
function canBlock(severity, policy) {
    const rank = (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .rankOf */ .IQ)(severity);
    return ((rank === undefined
        ? severity !== _results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .UNTRIAGED */ .C3 || policy.untriaged === 'block'
        : (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(rank, policy.failOn)) ||
        policy.suppressed === 'block' ||
        Object.keys(policy.limits).includes(severity.toLowerCase()) ||
        policy.rules.some(({ action, when }) => action === 'block' && when.severity?.includes(severity) !== false));
}
/** Whether every active finding of a severity blocks an image under a policy that no exception and no baseline changes. */
function alwaysBlocks(severity, policy) {
    const rank = (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .rankOf */ .IQ)(severity);
    const byThreshold = rank === undefined
        ? severity !== _results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .UNTRIAGED */ .C3 || policy.untriaged === 'block'
        : (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(rank, policy.failOn) && !policy.ignoreUnfixed;
    return byThreshold && policy.rules.every(({ action }) => action === 'block');
}
function effectOf(action) {
    return action === 'ignore' ? 'allow' : action;
}


/***/ }),

/***/ 66702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ findingsNeedingDetails)
/* harmony export */ });
/* harmony import */ var _base_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9103);
/* harmony import */ var _baseline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25205);
/* harmony import */ var _conditions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7524);
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(77418);
/* harmony import */ var _evaluate_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(36925);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5105);






// The distance above a bound at which `>` holds.
const STEP = 1e-9;
const KEV = [undefined, true, false];
/**
 * The findings whose judgement depends on details about exploits that they do not have. Each finding is judged with every
 * possible answer and without one. If the result is always the same, the details are not needed.
 */
function findingsNeedingDetails(findings, policy, context) {
    const { image, baseline, now } = context;
    const { never } = policy.exceptionsAllowed;
    const usesKev = never.knownExploited || policy.rules.some(({ when }) => when.knownExploited !== undefined);
    if (!usesKev && !policy.rules.some(({ when }) => when.epss !== undefined))
        return [];
    const exceptions = (0,_exceptions_js__WEBPACK_IMPORTED_MODULE_5__/* .prepareExceptions */ .w)(context.exceptions, policy.exceptionsAllowed, image, now);
    const base = { repository: image.repository, now };
    /** @param excused whether exceptions and the baseline apply, or rules and thresholds alone */
    const dependsOnAnswer = (finding, excused) => {
        // Conditions that do not depend on the answer are evaluated once, not for each answer.
        const rules = policy.rules.flatMap((rule) => {
            const when = (0,_conditions_js__WEBPACK_IMPORTED_MODULE_2__/* .remainingConditions */ .Bw)(rule.when, finding, { ...base, quantifier: (0,_decide_js__WEBPACK_IMPORTED_MODULE_3__/* .quantifierOf */ .sV)(rule) });
            return when === undefined ? [] : [{ ...rule, when }];
        });
        const kevMatters = finding.knownExploited === undefined &&
            ((excused && never.knownExploited) || rules.some(({ when }) => when.knownExploited !== undefined));
        const bounds = new Set(rules.flatMap(({ when }) => (when.epss === undefined ? [] : [when.epss.value])));
        const epssMatters = finding.epss === undefined && bounds.size > 0;
        if (!kevMatters && !epssMatters)
            return false;
        const matches = excused ? exceptions.matching(finding) : [];
        const inBaseline = excused && (0,_baseline_js__WEBPACK_IMPORTED_MODULE_1__/* .isInBaseline */ .Z0)(finding, baseline);
        const limited = (0,_base_js__WEBPACK_IMPORTED_MODULE_0__/* .isLimited */ .lU)(finding, policy);
        // A value between two bounds gives the same results as one just above the lower bound.
        const probabilities = epssMatters
            ? [undefined, 0, ...[...bounds].flatMap((bound) => [bound, bound + STEP])]
            : [finding.epss];
        let first;
        for (const knownExploited of kevMatters ? KEV : [finding.knownExploited]) {
            const aware = { ...finding, knownExploited };
            const exception = matches.find((one) => exceptions.refusal(one, aware) === undefined)?.exception;
            for (const epss of probabilities) {
                const known = { ...aware, epss };
                const { effect, counts } = (0,_decide_js__WEBPACK_IMPORTED_MODULE_3__/* .decide */ .LD)(known, { ...policy, rules }, { ...base, inBaseline, exception });
                const outcome = `${effect} ${limited && counts}`;
                first ??= outcome;
                if (outcome !== first)
                    return true;
            }
        }
        return false;
    };
    // The effect of base images is judged by rules and thresholds alone, with base images and without.
    const needsDetails = (finding) => dependsOnAnswer(finding, true) ||
        ((0,_base_js__WEBPACK_IMPORTED_MODULE_0__/* .dependsOnBase */ .Gs)(finding, policy) &&
            (dependsOnAnswer(finding, false) || dependsOnAnswer((0,_base_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutOrigin */ .bj)(finding), false)));
    return findings.filter((finding) => finding.status !== 'CLOSED' && !(0,_evaluate_js__WEBPACK_IMPORTED_MODULE_4__/* .isHidden */ .d)(finding, policy) && needsDetails(finding));
}


/***/ }),

/***/ 36925:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ evaluate),
/* harmony export */   d: () => (/* binding */ isHidden)
/* harmony export */ });
/* harmony import */ var _results_order_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(58928);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(36625);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(24686);
/* harmony import */ var _baseline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25205);
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77418);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5105);
/** Judges the findings of an image by a policy. The result depends on the arguments alone. */






/**
 * Judges the findings of one image, all platforms together. CLOSED findings are not judged, SUPPRESSED findings only if the
 * policy says so. Findings with any other status are judged, including an unknown one. Neither the order of the findings nor
 * repeated findings change the result.
 */
function evaluate(findings, policy, context) {
    const { image, baseline, now } = context;
    const exceptions = (0,_exceptions_js__WEBPACK_IMPORTED_MODULE_2__/* .prepareExceptions */ .w)(context.exceptions, policy.exceptionsAllowed, image, now);
    const usage = new ExceptionUsage();
    const present = findings.filter(({ status }) => status !== 'CLOSED');
    const hidden = (finding) => isHidden(finding, policy);
    const decided = present
        .filter((finding) => !hidden(finding))
        .map((finding) => {
        const matches = exceptions
            .matching(finding, (exception) => usage.addOther(exception))
            .map((match) => ({ exception: match.exception, refusal: exceptions.refusal(match, finding) }));
        const exception = matches.find(({ refusal }) => refusal === undefined)?.exception;
        const inBaseline = (0,_baseline_js__WEBPACK_IMPORTED_MODULE_0__/* .isInBaseline */ .Z0)(finding, baseline);
        const context = { repository: image.repository, now, inBaseline, exception };
        const judgement = (0,_decide_js__WEBPACK_IMPORTED_MODULE_1__/* .decide */ .LD)(finding, policy, context);
        for (const entry of matches)
            usage.add(finding, entry, judgement, exception);
        return { finding, judgement, matches };
    });
    const judged = union(decided, ({ finding, judgement }) => [
        judgement.effect,
        reasonKey(judgement),
        ...packagesOf(finding),
    ])
        .map(({ finding, platforms, ids, judgement: { effect, reason }, members }) => ({
        finding,
        platforms,
        ids,
        effect,
        reason,
        counts: members.some(({ judgement }) => judgement.counts),
        inBaseline: baseline === undefined ? undefined : (0,_baseline_js__WEBPACK_IMPORTED_MODULE_0__/* .isInBaseline */ .Z0)(finding, baseline),
        refused: effect === 'allow' ? [] : refusedOf(members.flatMap(({ matches }) => matches)),
    }))
        .sort((a, b) => (0,_results_order_js__WEBPACK_IMPORTED_MODULE_3__/* .byEffect */ .xG)(a, b) || byContent(a, b));
    const exceededLimits = exceeded(decided, policy);
    const blocking = judged.filter((finding) => finding.effect === 'block').length;
    const warning = judged.some((finding) => finding.effect === 'warn');
    return {
        verdict: blocking > 0 || exceededLimits.length > 0 ? 'block' : warning ? 'warn' : 'pass',
        judged,
        suppressed: merged(present.filter(hidden), packagesOf),
        counts: count(present.filter(({ status }) => status !== 'SUPPRESSED')),
        blocking,
        exceededLimits,
        exceptions: context.exceptions.map((exception) => usage.outcome(exception, exceptions)),
        gone: baseline && merged((0,_baseline_js__WEBPACK_IMPORTED_MODULE_0__/* .fixedSince */ .Lz)(baseline, present)),
    };
}
/** Whether a finding is not judged because Inspector suppresses it. */
function isHidden({ status }, { suppressed }) {
    return status === 'SUPPRESSED' && suppressed === 'ignore';
}
/** How many refused exceptions of a finding are kept: a VEX document may have thousands of statements about it. */
const MOST_REFUSED = 10;
/** The exceptions that were refused for a finding, each reason once, those of exceptions files first. */
function refusedOf(matches) {
    const refused = new Map();
    for (const { exception, refusal } of matches) {
        if (refusal === undefined)
            continue;
        const key = [exception.origin, exception.source, JSON.stringify(refusal)].join('\n');
        refused.set(key, { exception, refusal });
    }
    return [...refused]
        .sort(([a], [b]) => (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(a, b))
        .slice(0, MOST_REFUSED)
        .map(([, entry]) => entry);
}
/** Records how each exception was used. Findings that differ only in the platform count once. */
class ExceptionUsage {
    entries = new Map();
    /** Those that name a vulnerability of another image, platform or package. */
    other = new Set();
    /** Records an exception that covers a finding, and whether it is the one that decided. */
    add(finding, { exception, refusal }, judgement, chosen) {
        const entry = this.entries.get(exception) ?? {
            applied: new Set(),
            needless: new Set(),
            refusals: new Map(),
        };
        this.entries.set(exception, entry);
        if (refusal !== undefined) {
            note(entry.refusals, refusal);
        }
        else if (exception === chosen && judgement.reason.kind === 'exception') {
            entry.applied.add(findingKey(finding));
        }
        else {
            entry.needless.add(findingKey(finding));
        }
    }
    /** Records an exception that names the vulnerability of a finding and does not cover the finding. */
    addOther(exception) {
        this.other.add(exception);
    }
    outcome(exception, exceptions) {
        const entry = this.entries.get(exception);
        const refused = exceptions.refused.get(exception);
        return {
            exception,
            matches: entry !== undefined
                ? 'finding'
                : this.other.has(exception)
                    ? 'vulnerability'
                    : exceptions.isAboutImage(exception)
                        ? 'image'
                        : 'nothing',
            applied: entry?.applied.size ?? 0,
            needless: entry?.needless.size ?? 0,
            refusals: refused === undefined ? sorted(entry?.refusals ?? new Map()) : [refused],
            ends: exceptions.ends(exception),
        };
    }
}
/** Records a refusal. There can be thousands about other packages, so the first by name is kept for each aspect. */
function note(refusals, refusal) {
    const text = JSON.stringify(refusal);
    const key = refusal.kind === 'other-package' ? `${refusal.kind} ${refusal.aspect}` : text;
    const known = refusals.get(key);
    if (known === undefined || text < JSON.stringify(known))
        refusals.set(key, refusal);
}
/** Sorts refusals by their content, so that the result does not depend on the order of the findings. */
function sorted(refusals) {
    return [...refusals].sort(([a], [b]) => (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(a, b)).map(([, refusal]) => refusal);
}
/** The limits of the policy that are exceeded by the findings that count. */
function exceeded(decided, policy) {
    const limits = Object.entries(policy.limits);
    if (limits.length === 0)
        return [];
    const counting = merged(decided.filter(({ judgement }) => judgement.counts).map(({ finding }) => finding));
    return limits.flatMap(([severity, allowed]) => {
        const found = counting.filter(({ finding }) => finding.severity === severity.toUpperCase()).length;
        return allowed !== undefined && found > allowed
            ? [{ severity: severity, allowed, found }]
            : [];
    });
}
const exceptionNumbers = new WeakMap();
let exceptionsSeen = 0;
/** Two decisions with the same key have the same reason. */
function reasonKey({ reason }) {
    return JSON.stringify(reason, (_, value) => {
        if (typeof value !== 'object' || value === null || !('scope' in value))
            return value;
        // An exception can be long and the reason for many findings, so a number stands for it.
        const exception = value;
        const number = exceptionNumbers.get(exception) ?? exceptionsSeen++;
        exceptionNumbers.set(exception, number);
        return number;
    });
}
const findingKeys = new WeakMap();
/**
 * A key that is the same for the same finding on several platforms. Layers and reachability are not part of it: they can be
 * known for one platform only, and must not change how many findings a limit counts.
 */
function findingKey(finding) {
    const known = findingKeys.get(finding);
    if (known !== undefined)
        return known;
    const text = JSON.stringify([
        finding.vulnerabilityId,
        finding.type,
        finding.severity,
        finding.status,
        finding.fixAvailable ?? '',
        finding.packages
            .map(({ name, version, manager, fixedIn, filePath }) => JSON.stringify([name, version, manager ?? '', fixedIn ?? '', filePath ?? '']))
            .sort(),
    ]);
    findingKeys.set(finding, text);
    return text;
}
/** What is shown of the packages of a finding and can be different on another platform: layers and reachability. */
function packagesOf({ packages }) {
    return packages
        .map(({ name, origin, statedOrigin, reachability }) => JSON.stringify([name, origin ?? '', statedOrigin ?? '', reachability ?? '']))
        .sort();
}
/** Merges findings that differ only in the platform. Entries for which `apart` gives different texts are not merged. */
function union(entries, apart) {
    // Neither words nor JSON contain a newline.
    const groups = Map.groupBy(entries, (entry) => [findingKey(entry.finding), ...apart(entry)].join('\n'));
    return [...groups.values()].map((group) => {
        const [first, ...rest] = group;
        return {
            ...rest.reduce((chosen, other) => (compareContents(other.finding, chosen.finding) < 0 ? other : chosen), first),
            platforms: unique(group.map(({ finding }) => finding.platform)),
            ids: unique(group.map(({ finding }) => finding.id)),
            members: group,
        };
    });
}
/** @param apart findings for which it gives different texts are not merged */
function merged(findings, apart = () => []) {
    return union(findings.map((finding) => ({ finding })), ({ finding }) => apart(finding))
        .map(({ finding, platforms, ids }) => ({ finding, platforms, ids }))
        .sort(byContent);
}
/** Orders findings that look alike, so that the result does not depend on the order of pages. */
function compareContents(a, b) {
    return ((0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(a.id, b.id) ||
        (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(a.digest, b.digest) ||
        // The whole finding can be a megabyte, and two findings seldom have the same ID and digest.
        (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(JSON.stringify(a), JSON.stringify(b)));
}
function unique(texts) {
    // Most findings are on one platform, and there can be ten thousand.
    return texts.length < 2 ? texts : [...new Set(texts)].sort();
}
/** Orders findings by severity, then by content, so that the result does not depend on the order of pages. */
function byContent(a, b) {
    return ((0,_results_order_js__WEBPACK_IMPORTED_MODULE_3__/* .bySeverity */ .Np)(a.finding, b.finding) ||
        (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(packageNames(a), packageNames(b)) ||
        (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(a.ids.join(), b.ids.join()) ||
        compareContents(a.finding, b.finding));
}
const namesOfPackages = new WeakMap();
function packageNames({ finding }) {
    const known = namesOfPackages.get(finding);
    if (known !== undefined)
        return known;
    const text = finding.packages.map(({ name, version }) => `${name}@${version}`).join();
    namesOfPackages.set(finding, text);
    return text;
}
/** Counts findings by severity. The same finding on several platforms counts once. */
function count(findings) {
    const distinct = new Map(findings.map((finding) => [findingKey(finding), finding.severity]));
    const severities = Map.groupBy(distinct.values(), (severity) => severity);
    const of = (severity) => severities.get(severity)?.length ?? 0;
    const counts = {
        critical: of('CRITICAL'),
        high: of('HIGH'),
        medium: of('MEDIUM'),
        low: of('LOW'),
        informational: of('INFORMATIONAL'),
        untriaged: of(_results_severity_js__WEBPACK_IMPORTED_MODULE_5__/* .UNTRIAGED */ .C3),
    };
    const known = Object.values(counts).reduce((sum, number) => sum + number, 0);
    return { ...counts, unknown: distinct.size - known, total: distinct.size };
}


/***/ }),

/***/ 5105:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ dependOnPlatform),
  w: () => (/* binding */ prepareExceptions)
});

// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
// EXTERNAL MODULE: ./policy/conditions.js
var conditions = __webpack_require__(7524);
// EXTERNAL MODULE: ./policy/globs.js
var globs = __webpack_require__(37679);
// EXTERNAL MODULE: ./image/platform.js
var image_platform = __webpack_require__(66740);
// EXTERNAL MODULE: ./versions/compare.js + 9 modules
var compare = __webpack_require__(15547);
// EXTERNAL MODULE: ./versions/distributions.js
var distributions = __webpack_require__(84540);
// EXTERNAL MODULE: ./versions/ecosystem.js
var versions_ecosystem = __webpack_require__(31123);
;// CONCATENATED MODULE: ./policy/packages.js
/**
 * Whether a package of a finding is the package that a VEX statement names: name, type, vendor, release, version and
 * architecture, each of which can be unknown.
 */



/** The type that package URLs have for each ecosystem. */
const PURL_TYPES = {
    apk: 'apk',
    cargo: 'cargo',
    composer: 'composer',
    dpkg: 'deb',
    gem: 'gem',
    go: 'golang',
    maven: 'maven',
    npm: 'npm',
    nuget: 'nuget',
    pep440: 'pypi',
    rpm: 'rpm',
};
const ECOSYSTEMS = new Map(Object.entries(PURL_TYPES).map(([ecosystem, type]) => [type, ecosystem]));
const SYSTEM_TYPES = ['deb', 'rpm', 'apk'];
function isPackage(named, candidate, finding, need) {
    const isEnough = (truth) => (need === 'certain' ? truth === true : truth !== false);
    // The name comes first: most packages differ in it, and there can be many.
    return (isEnough(sameName(named, candidate)) &&
        aspects(named, candidate, finding).every(([, truth]) => isEnough(truth)));
}
/** Each aspect of a package other than its name, and whether it agrees with what a statement says. */
function aspects(named, candidate, { operatingSystem }) {
    const system = (0,distributions/* systemOf */.br)(operatingSystem);
    const { type } = named;
    const isOfSystem = SYSTEM_TYPES.includes(type);
    return [
        ['type', isType(type, candidate, system)],
        ['vendor', isOfSystem ? isOfVendor(named.namespace, system) : true],
        [
            'release',
            named.distro === undefined ? true : isOfSystem ? system && (0,distributions/* isRelease */.MU)(system, named.distro) : undefined,
        ],
        ['version', named.version === undefined ? true : isVersion(type, named.version, candidate)],
        ['architecture', named.arch === undefined ? true : isPackageArch(named.arch, candidate.arch)],
        ['qualifier', named.unread === undefined ? true : undefined],
    ];
}
function isType(type, candidate, system) {
    // Types that have no ecosystem here, such as generic, can be used for any package.
    const other = ECOSYSTEMS.has(type) ? false : undefined;
    if (isStandardLibrary(candidate))
        return type === 'golang' ? true : other;
    const manager = candidate.manager?.toUpperCase();
    if (manager === 'OS') {
        if (system !== undefined)
            return type === system.type ? true : other;
        return SYSTEM_TYPES.includes(type) ? undefined : other;
    }
    const ecosystem = manager === undefined ? undefined : (0,versions_ecosystem/* ecosystemOfManager */.p)(manager);
    if (ecosystem === undefined)
        return undefined;
    return type === PURL_TYPES[ecosystem] ? true : other;
}
function isOfVendor(namespace, system) {
    return namespace === undefined || system === undefined ? undefined : (0,distributions/* isVendor */.zi)(system, namespace);
}
/**
 * Whether a package is Go's standard library, which is not a module. Inspector names it `go/stdlib`, with the package
 * manager GENERIC or one of Go's. Package URLs name it pkg:golang/stdlib.
 */
function isStandardLibrary({ name, manager }) {
    const isGo = manager !== undefined && (0,versions_ecosystem/* ecosystemOfManager */.p)(manager) === 'go';
    return name === 'go/stdlib' ? isGo || manager?.toUpperCase() === 'GENERIC' : name === 'stdlib' && isGo;
}
// Go's vulnerability database has stdlib. Other sources use the other names for the library or for all of Go.
const STANDARD_LIBRARY = ['stdlib', 'std', 'go', 'go/stdlib'];
/** Undefined if the two are written differently, or one of them is only a part of the other. */
function sameName(named, candidate) {
    const { type } = named;
    const full = fullName(named);
    if (isStandardLibrary(candidate)) {
        const name = full.toLowerCase();
        if (type === 'golang' && (name === 'stdlib' || name === 'go/stdlib'))
            return true;
        return STANDARD_LIBRARY.includes(name) ? undefined : false;
    }
    const same = (a, b) => canonicalName(type, a) === canonicalName(type, b);
    if (same(full, candidate.name))
        return true;
    // Other types may separate the parts of a name in another way.
    const alike = (a, b) => plainName(type, a) === plainName(type, b);
    if (alike(full, candidate.name))
        return undefined;
    const [own, other] = [lastPart(full), lastPart(candidate.name)];
    return (own === full || other === candidate.name) && alike(own, other) ? undefined : false;
}
/** Names that are equal in this form are possibly the same: many registries do not tell case and `_` from `-` apart. */
function plainName(type, name) {
    return canonicalName(type, name.replaceAll(':', '/')).toLowerCase().replaceAll('_', '-');
}
function lastPart(name) {
    return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}
/** The name of a package as its package manager and Inspector write it. */
function fullName({ type, namespace, name }) {
    // The namespace of an operating system's package is its vendor.
    if (namespace === undefined || SYSTEM_TYPES.includes(type))
        return name;
    return type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}
/** One spelling for all names that are equal by the rules of a purl type. Source: purl-spec, types/. */
function canonicalName(type, name) {
    switch (type) {
        case 'pypi':
            // PEP 503.
            return name.toLowerCase().replace(/[-_.]+/g, '-');
        case 'deb':
        case 'apk':
        case 'composer':
        case 'golang':
        case 'nuget':
            return name.toLowerCase();
        default:
            return name;
    }
}
/**
 * Whether a package has the version that a statement names. Undefined if the two are written differently, but may be the same
 * version by the rules of their ecosystem, or without the epoch or release that only one of them has.
 */
function isVersion(type, stated, candidate) {
    const isOfSystem = SYSTEM_TYPES.includes(type);
    const own = canonicalVersion(type, stated);
    const found = canonicalVersion(type, isOfSystem ? installedVersion(candidate) : candidate.version);
    if (own === found && found !== '')
        return true;
    const [a, b] = isOfSystem
        ? inCommon(own, found)
        : type === 'pypi'
            ? withoutLocal(own, found)
            : [own, found];
    const order = (0,compare/* compareVersions */.Z)(ECOSYSTEMS.get(type), a, b);
    return found === '' || order === undefined || order === 0 ? undefined : false;
}
/** The version as the operating system's package manager writes it, with epoch and release. */
function installedVersion({ version, epoch, release }) {
    const withEpoch = epoch === undefined || version.includes(':') ? version : `${epoch}:${version}`;
    return release === undefined || release === '' ? withEpoch : `${withEpoch}-${release}`;
}
/** Two versions without an epoch or release that only one of them has. */
function inCommon(a, b) {
    const withoutEpoch = (text) => text.replace(/^\d+:/, '');
    const withoutRelease = (text) => text.replace(/-[^-]*$/, '');
    const [c, d] = a.includes(':') && b.includes(':') ? [a, b] : [withoutEpoch(a), withoutEpoch(b)];
    return c.includes('-') && d.includes('-') ? [c, d] : [withoutRelease(c), withoutRelease(d)];
}
/**
 * Two versions without a local version label that only one of them has. A version without one stands for all of its labels
 * (PEP 440, "Version matching").
 */
function withoutLocal(a, b) {
    const withoutLabel = (text) => text.replace(/\+.*$/s, '');
    return a.includes('+') && b.includes('+') ? [a, b] : [withoutLabel(a), withoutLabel(b)];
}
function canonicalVersion(type, version) {
    if (type === 'golang')
        return version.replace(/^(?:v|go)(?=\d)/, '');
    return SYSTEM_TYPES.includes(type) ? version.replace(/^0:/, '') : version;
}
const ARCHITECTURES = new Map(Object.entries({
    x86_64: 'amd64',
    aarch64: 'arm64',
    i386: '386',
    i686: '386',
    noarch: 'all',
}));
/** The architectures that certainly differ: names in different rows, as apk, dpkg, rpm and Go write them. */
const DIFFERENT_ARCHITECTURES = [
    ['amd64', 'x86-64'],
    ['arm64'],
    ['386', 'i486', 'i586', 'x86'],
    ['arm', 'armel', 'armhf', 'armv5tel', 'armv6', 'armv6l', 'armv6hl', 'armv7', 'armv7l', 'armv7hl'],
    ['ppc64le', 'ppc64el'],
    ['s390x'],
    ['riscv64'],
    ['loong64', 'loongarch64'],
];
/** Undefined for names that do not tell which architecture is meant: `source`, `any`, or one for all of them. */
function isPackageArch(stated, found) {
    if (found === undefined)
        return undefined;
    const [own, other] = [canonicalArch(stated), canonicalArch(found)];
    if (own === other)
        return true;
    const rowOf = (arch) => DIFFERENT_ARCHITECTURES.findIndex((row) => row.includes(arch));
    const [ownRow, otherRow] = [rowOf(own), rowOf(other)];
    return ownRow === -1 || otherRow === -1 || ownRow === otherRow ? undefined : false;
}
function canonicalArch(arch) {
    const lower = arch.toLowerCase();
    return ARCHITECTURES.get(lower) ?? lower;
}
/**
 * A key that is the same for all names that `isPackage` can treat as the same. Only packages with the same key are
 * compared, so a new rule for names has to be applied here as well.
 */
function nameKey(name) {
    const key = lastPart(name)
        .toLowerCase()
        .replace(/[-_.]+/g, '-');
    return STANDARD_LIBRARY.includes(key) ? 'stdlib' : key;
}
/**
 * Why a package with the name that a statement gives is not certainly the package of the statement. Undefined if the names
 * differ, or if it certainly is.
 */
function doubtAboutPackage(named, candidate, finding) {
    if (sameName(named, candidate) !== true)
        return undefined;
    const doubtful = aspects(named, candidate, finding).find(([, truth]) => truth !== true);
    if (doubtful === undefined)
        return undefined;
    const [aspect, truth] = doubtful;
    const found = foundOf(aspect, candidate, finding);
    return { aspect, differs: truth === false, purl: named.purl, found };
}
/** What the scanner says about an aspect of a package. */
function foundOf(aspect, candidate, { operatingSystem }) {
    switch (aspect) {
        case 'type':
            return candidate.manager?.toUpperCase() === 'OS' ? operatingSystem : candidate.manager;
        case 'vendor':
        case 'release':
            return operatingSystem;
        case 'version':
            return installedVersion(candidate);
        case 'architecture':
            return candidate.arch;
        case 'qualifier':
            return undefined;
    }
}

;// CONCATENATED MODULE: ./policy/products.js
/** Whether the products of a VEX statement are the image that a finding is about, and which statements revoke others. */



/**
 * Whether the products of a statement cover a finding: the whole image, or each of the finding's packages. No other statement
 * must revoke it. The finding must be of one platform, before the findings of several platforms are merged.
 */
function matchesProducts(products, finding, image) {
    const { isWhole, isNamed, revocable } = fittingProducts(products, finding, image, 'certain');
    return ((isWhole || (finding.packages.length > 0 && finding.packages.every(isNamed))) &&
        !revocable.some((product) => revocationOf(product, finding, image) !== undefined));
}
/** The statement that revokes, for this finding, what another one says about a product. Undefined if there is none. */
function revocationOf(product, finding, image) {
    if (product.revocations === undefined)
        return undefined;
    const { since, ids: stated, by } = product.revocations;
    const latest = latestRevocations(by, finding, image);
    for (const id of [finding.vulnerabilityId, ...finding.relatedIds, ...stated]) {
        const revocation = latest(id);
        if (revocation !== undefined && revocation.at >= since)
            return revocation;
    }
    return undefined;
}
const revocationsById = new WeakMap();
const revocationsOfFindings = new WeakMap();
/** Looks up the revoking statements of a finding, once for all statements that they may revoke. */
function latestRevocations(by, finding, image) {
    const byId = known(revocationsById, by, () => {
        const map = new Map();
        for (const revocation of by) {
            for (const id of new Set(revocation.ids.map(folded)))
                known(map, id, () => []).push(revocation);
        }
        return map;
    });
    const ofImages = known(revocationsOfFindings, by, () => new WeakMap());
    const ofFindings = known(ofImages, image, () => new WeakMap());
    return known(ofFindings, finding, () => {
        const found = new Map();
        return (id) => known(found, folded(id), () => (byId.get(folded(id)) ?? [])
            .filter(({ products }) => concerns(products, finding, image))
            .reduce((latest, other) => (latest === undefined || other.at > latest.at ? other : latest), undefined));
    });
}
function folded(id) {
    return id.toLowerCase();
}
/** Whether a revoking statement may be about a finding. */
function concerns(products, finding, image) {
    const { isWhole, isEmpty, isNamed } = fittingProducts(products, finding, image, 'possible');
    if (isEmpty)
        return false;
    return isWhole || finding.packages.length === 0 || finding.packages.some(isNamed);
}
const fitting = {
    certain: new WeakMap(),
    possible: new WeakMap(),
};
/** Finds the products that are the image. The result depends only on the platform image, so it is kept for each. */
function fittingProducts(products, finding, image, need) {
    const ofImages = known(fitting[need], products, () => new WeakMap());
    const ofPlatforms = known(ofImages, image, () => new Map());
    const { digest, platform, configPlatform, operatingSystem } = finding;
    const key = JSON.stringify([digest, platform, configPlatform, operatingSystem]);
    return known(ofPlatforms, key, () => {
        const own = products.filter((product) => isOfImage(product, finding, image, need));
        const byName = Map.groupBy(own.flatMap(({ subcomponents }) => subcomponents), ({ name }) => nameKey(name));
        const namedLike = ({ name }) => byName.get(nameKey(name)) ?? [];
        const answers = new Map();
        return {
            namedLike,
            isEmpty: own.length === 0,
            isWhole: own.some(({ subcomponents }) => subcomponents.length === 0),
            isNamed: (candidate) => 
            // The key has every property of the package, because `isPackage` can depend on each of them.
            known(answers, JSON.stringify(candidate), () => namedLike(candidate).some((named) => isPackage(named, candidate, finding, need))),
            revocable: [...new Map(own.map((product) => [product.revocations, product])).values()],
        };
    });
}
/** The value of a key in a map. If there is none, it is made and kept. */
function known(map, key, make) {
    const value = map.get(key);
    if (value !== undefined || map.has(key))
        return value;
    const made = make();
    map.set(key, made);
    return made;
}
/** Whether a product is the image that a finding is about. */
function isOfImage(product, finding, image, need) {
    const { digest, tag } = product;
    const digestFits = digest === undefined || digest === finding.digest || image.digests.includes(digest);
    // A tag can have moved to another image. Only a digest says whether this one is meant.
    const tagFits = tag === undefined || digest !== undefined || need === 'possible';
    // The digest of a platform image belongs to one platform, whatever the finding says about it.
    const platformFits = isOfPlatform(product, finding, digest === finding.digest ? 'possible' : need);
    return digestFits && isOfRepository(product, image, need) && tagFits && platformFits;
}
function isOfRepository({ digest, name, repositoryUrl }, { host, repository }, need) {
    const isNamed = need === 'possible'
        ? name === '' || lastSegment(repository) === lastSegment(name)
        : name === ''
            ? digest !== undefined
            : repository === name || repository.endsWith(`/${name}`);
    return (isNamed &&
        (repositoryUrl === undefined ||
            repositoryUrl === `${host}/${repository}` ||
            (need === 'possible' && bare(repositoryUrl).endsWith(`/${repository}`))));
}
function lastSegment(name) {
    return name.slice(name.lastIndexOf('/') + 1);
}
/**
 * Whether a product can be this image or one of its platform images. Reports use it to tell the statements about other
 * images apart; it decides nothing.
 */
function isAboutImage(products, image) {
    const digests = [...image.digests, ...(image.platformDigests ?? [])];
    return products.some((product) => (product.digest === undefined || digests.includes(product.digest)) &&
        isOfRepository(product, image, 'certain'));
}
/** A repository in lower case, without the tag or digest that some tools add to it. */
function bare(repositoryUrl) {
    const url = repositoryUrl.toLowerCase();
    const last = url.lastIndexOf('/') + 1;
    const [name = ''] = url.slice(last).split(/[:@]/, 1);
    return url.slice(0, last) + name;
}
/**
 * Whether the platform that a product names is that of a finding's image. A digest can stand for several platforms. Names that
 * are not Go's cannot be compared.
 */
function isOfPlatform({ arch, os }, finding, need) {
    if (arch === undefined && os === undefined)
        return true;
    const [architecture, system] = [arch?.toLowerCase(), os?.toLowerCase()];
    const truths = (0,image_platform/* platformsOf */.Wt)(finding).map((platform) => {
        if (platform === undefined)
            return undefined;
        const slashed = platform.own.map((name) => [name, name.indexOf('/')]);
        const systems = slashed.map(([name, slash]) => name.slice(0, slash));
        const architectures = slashed.map(([name, slash]) => name.slice(slash + 1));
        return (0,conditions/* combined */.yX)([isOneOf(architectures, architecture, image_platform/* isArchitecture */.KJ), isOneOf(systems, system, image_platform/* isSystem */.yQ)], 'every');
    });
    return need === 'certain' ? (0,conditions/* combined */.yX)(truths, 'every') === true : (0,conditions/* combined */.yX)(truths, 'any') !== false;
}
/** Whether a name is one of the spellings. Undefined for a name that cannot be compared. */
function isOneOf(spellings, wanted, isComparable) {
    if (wanted === undefined || spellings.includes(wanted))
        return true;
    return isComparable(wanted) ? false : undefined;
}
/**
 * Why a statement that names a package of the finding is not certainly about that package. Undefined if it names none of the
 * finding's packages, or if its products are other images.
 */
function doubtAbout(products, finding, image) {
    const { namedLike } = fittingProducts(products, finding, image, 'certain');
    for (const candidate of finding.packages) {
        for (const named of namedLike(candidate)) {
            const doubt = doubtAboutPackage(named, candidate, finding);
            if (doubt !== undefined)
                return doubt;
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./policy/exceptions.js
/** Which exceptions and VEX statements cover a finding, and why some of them do not apply under the policy. */




/**
 * Prepares the exceptions of a run for looking up.
 * @param image the image that globs and products are compared with
 * @param now the service's time. An exception applies until the moment it ends.
 */
function prepareExceptions(exceptions, bounds, image, now) {
    const refused = new Map();
    const byId = new Map();
    for (const exception of exceptions) {
        const refusal = refusalOf(exception, bounds, now);
        if (refusal !== undefined)
            refused.set(exception, refusal);
        for (const id of idsOf(exception)) {
            const others = byId.get(id);
            if (others === undefined)
                byId.set(id, [exception]);
            else
                others.push(exception);
        }
    }
    return {
        refused,
        ends: (exception) => endOf(exception, bounds),
        isAboutImage: ({ scope }) => scope.kind === 'products' ? isAboutImage(scope.products, image) : exceptions_isOfRepository(scope, image),
        refusal: ({ exception, doubt }, finding) => refused.get(exception) ??
            (doubt === undefined ? refusalFor(exception, finding, bounds) : { kind: 'other-package', ...doubt }),
        matching: (finding, onOther) => {
            if (byId.size === 0)
                return [];
            const candidates = new Set([finding.vulnerabilityId, ...finding.relatedIds].flatMap((id) => byId.get(exceptions_folded(id)) ?? []));
            return [...candidates].flatMap((exception) => {
                if (!names(exception, finding))
                    return [];
                const { scope } = exception;
                if (covers(scope, finding, image))
                    return { exception, doubt: undefined };
                const doubt = scope.kind === 'products' ? doubtAbout(scope.products, finding, image) : undefined;
                if (doubt !== undefined)
                    return { exception, doubt };
                onOther?.(exception);
                return [];
            });
        },
    };
}
/** Whether an exception is limited to some platforms, or can be revoked for some. */
function dependOnPlatform(exceptions) {
    const products = [];
    const lists = new Set();
    for (const { scope } of exceptions) {
        if (scope.kind === 'globs') {
            if (scope.platform !== undefined)
                return true;
            continue;
        }
        for (const product of scope.products) {
            products.push(product);
            if (product.revocations !== undefined)
                lists.add(product.revocations.by);
        }
    }
    for (const list of lists)
        for (const revocation of list)
            products.push(...revocation.products);
    return products.some(({ arch, os }) => arch !== undefined || os !== undefined);
}
function exceptions_folded(id) {
    return id.toLowerCase();
}
const foldedIds = new WeakMap();
/** The ids of an exception in lower case. */
function idsOf(exception) {
    let ids = foldedIds.get(exception);
    if (ids === undefined) {
        ids = new Set(exception.ids.map(exceptions_folded));
        foldedIds.set(exception, ids);
    }
    return ids;
}
/** Whether an exception names the vulnerability of a finding. */
function names(exception, finding) {
    const ids = idsOf(exception);
    return (0,conditions/* namesIds */.x7)(finding, 'every', (id) => ids.has(exceptions_folded(id)));
}
function exceptions_isOfRepository({ image }, { repository }) {
    return image === undefined || (0,globs/* matchesGlob */.kt)(image, repository);
}
/** Whether the scope of an exception covers a finding. Every package and every platform of it must match. */
function covers(scope, finding, image) {
    if (scope.kind === 'products')
        return matchesProducts(scope.products, finding, image);
    const { package: packages, platform } = scope;
    return (exceptions_isOfRepository(scope, image) &&
        (packages === undefined ||
            (finding.packages.length > 0 && finding.packages.every(({ name }) => (0,globs/* matchesGlob */.kt)(packages, name)))) &&
        (platform === undefined || (0,conditions/* onPlatform */.Jf)((0,globs/* listOf */.c3)(platform), finding, 'every') === true));
}
/** A VEX statement has no end of its own. The policy's `max-duration` counts from the time of the statement. */
function endOf({ expires, since }, { maxDurationMs }) {
    if (expires !== undefined || maxDurationMs === undefined || since === undefined)
        return expires;
    return new Date(since.getTime() + maxDurationMs);
}
/** Why an exception applies to no finding. */
function refusalOf(exception, bounds, now) {
    const ends = endOf(exception, bounds);
    // An invalid date counts as passed.
    if (ends !== undefined && !(ends > now))
        return { kind: 'expired', since: ends };
    const { since } = exception;
    if (since !== undefined && !(since.getTime() - now.getTime() <= time/* CLOCK_SKEW_MS */.rn)) {
        return { kind: 'not-yet', from: since };
    }
    const { maxDurationMs } = bounds;
    if (maxDurationMs !== undefined && (ends === undefined || ends.getTime() - now.getTime() > maxDurationMs)) {
        const days = ends === undefined ? undefined : Math.ceil((ends.getTime() - now.getTime()) / time/* DAY_MS */.sO);
        return { kind: 'max-duration', maxDurationMs, days };
    }
    const present = {
        reason: exception.reason !== undefined,
        expires: ends !== undefined,
        'approved-by': exception.approvedBy !== undefined,
        ticket: exception.ticket !== undefined,
    };
    const field = bounds.required.find((name) => !present[name]);
    return field === undefined ? undefined : { kind: 'required', field };
}
/** Why an exception does not apply to a finding. */
function refusalFor(exception, finding, { never }) {
    const forbidden = (what, truth) => truth === false ? undefined : { kind: 'never', what, unknown: truth === undefined };
    return ((exception.untilFixed && finding.fixAvailable !== 'NO' ? { kind: 'fix-available' } : undefined) ??
        (never.severity.length > 0
            ? forbidden('severity', (0,conditions/* hasSeverity */.yg)(never.severity, finding.severity))
            : undefined) ??
        (never.score && forbidden('score', (0,conditions/* within */.ux)(finding.score, never.score))) ??
        (never.knownExploited ? forbidden('known-exploited', finding.knownExploited) : undefined));
}


/***/ }),

/***/ 64539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ explainMissingInspectorScan),
  p: () => (/* binding */ neverScanned)
});

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetRegistryScanningConfigurationCommand.js
var GetRegistryScanningConfigurationCommand = __webpack_require__(97133);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/BatchGetRepositoryScanningConfigurationCommand.js
var BatchGetRepositoryScanningConfigurationCommand = __webpack_require__(45372);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/BatchGetAccountStatusCommand.js
var BatchGetAccountStatusCommand = __webpack_require__(56519);
// EXTERNAL MODULE: ./aws/briefly.js
var briefly = __webpack_require__(57196);
;// CONCATENATED MODULE: ./aws/caller.js
/**
 * The account of the credentials. The call needs no permission.
 * Source: STS API, GetCallerIdentity.
 * @returns undefined if the answer does not name an account
 */
async function callerAccount(clients, registry, abortSignal) {
    // Most runs do not need it, and start faster without the client.
    const { GetCallerIdentityCommand } = await Promise.all(/* import() */[__webpack_require__.e(5908), __webpack_require__.e(8297), __webpack_require__.e(7773)]).then(__webpack_require__.bind(__webpack_require__, 68297));
    const client = await clients.sts(registry);
    const { Account: account } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return typeof account === 'string' && /^\d{12}$/.test(account) ? account : undefined;
}

// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./image/reference.js
var reference = __webpack_require__(90274);
;// CONCATENATED MODULE: ./scan/configuration.js
/** Why an image has no scan, according to the configuration of the accounts. */






/**
 * Reads the configuration for a reason why Amazon Inspector shows no scan of an image: basic scanning, Inspector
 * turned off, no scanning filter for the repository, or credentials of another account.
 */
async function explainMissingInspectorScan(clients, deadline, image) {
    const [basic, inspector, manual] = await Promise.all([
        basicRegistry(clients, deadline, image),
        inspectorStatus(clients, deadline, image),
        neverScanned(clients, deadline, image, 'enhanced'),
    ]);
    const error = basic ?? inspectorOff(inspector, image) ?? manual;
    if (error !== undefined)
        return { error };
    // Inspector reports the status of an account to its own roles and to the delegated administrator.
    if (inspector.kind === 'known')
        return {};
    return otherAccount(clients, deadline, image, inspector.kind === 'refused');
}
/**
 * An error if the registry uses basic scanning, so that Inspector scans none of its images. ECR answers for the account
 * of the caller; a response about another registry, or none, is no evidence.
 * Source: ECR's service model, GetRegistryScanningConfiguration.
 */
function basicRegistry(clients, deadline, { registry }) {
    const { account, region } = registry;
    return ifAnswered(deadline, async (abortSignal) => {
        const command = new GetRegistryScanningConfigurationCommand/* GetRegistryScanningConfigurationCommand */.M({});
        const answer = await clients.ecr(registry).send(command, { abortSignal });
        if (answer.registryId !== account || answer.scanningConfiguration?.scanType !== 'BASIC')
            return undefined;
        const rules = '[{"scanFrequency":"CONTINUOUS_SCAN","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]';
        return new errors/* GateError */.ue('configuration', `The registry of account ${account}, region ${region} uses basic scanning, so Amazon Inspector scans none of its images.`, {
            nextStep: `Enable enhanced scanning: aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules '${rules}' --region ${region}. To use the results of basic scanning instead, set scan-type: basic.`,
        });
    });
}
/** Source: Inspector API, BatchGetAccountStatus and FailedAccount. */
async function inspectorStatus(clients, deadline, { registry }) {
    const found = await ifAnswered(deadline, async (abortSignal) => {
        const command = new BatchGetAccountStatusCommand/* BatchGetAccountStatusCommand */.D({ accountIds: [registry.account] });
        const client = await clients.inspector(registry);
        const { accounts, failedAccounts } = await client.send(command, { abortSignal });
        const own = accounts?.find(({ accountId }) => accountId === registry.account);
        const status = own?.resourceState?.ecr?.status;
        if (status !== undefined)
            return { kind: 'known', status };
        const failure = failedAccounts?.find(({ accountId }) => accountId === registry.account);
        return { kind: failure?.errorCode === 'ACCESS_DENIED' ? 'refused' : 'unknown' };
    });
    return found ?? { kind: 'unknown' };
}
/** An error if Inspector does not scan images in the registry's account. */
function inspectorOff(inspector, { registry }) {
    if (inspector.kind !== 'known' || ['ENABLED', 'ENABLING'].includes(inspector.status))
        return undefined;
    return new errors/* GateError */.ue('configuration', `Amazon Inspector does not scan images in account ${registry.account}, region ${registry.region}: its status is ${inspector.status}.`, {
        nextStep: `Enable it: aws inspector2 enable --resource-types ECR --region ${registry.region}. If an organization manages Inspector, ask its delegated administrator.`,
    });
}
/**
 * Names both accounts if the credentials are of another account than the registry's.
 * @param isRefused whether Inspector does not show that account to these credentials: then no scan will be visible
 */
async function otherAccount(clients, deadline, { registry }, isRefused) {
    const caller = await ifAnswered(deadline, (signal) => callerAccount(clients, registry, signal));
    if (caller === undefined || caller === registry.account)
        return {};
    const reason = `The AWS credentials belong to account ${caller}, and the registry belongs to account ${registry.account}. Amazon Inspector shows the scans of a registry only to its own account and to the delegated administrator of the organization.`;
    if (!isRefused)
        return { possibleReason: reason };
    return {
        error: new errors/* GateError */.ue('configuration', reason, {
            nextStep: `Run this step with a role of account ${registry.account}, or with a role of the delegated administrator's account.`,
        }),
    };
}
/**
 * An error if a push to the repository does not start a scan. ECR answers for the account of the caller; a response
 * about a repository of the same name in another account, or no response, is no evidence. Source: ECR's service model,
 * BatchGetRepositoryScanningConfiguration.
 */
function neverScanned(clients, deadline, image, scanType) {
    const { registry, repository } = image;
    return ifAnswered(deadline, async (abortSignal) => {
        const command = new BatchGetRepositoryScanningConfigurationCommand/* BatchGetRepositoryScanningConfigurationCommand */.T({ repositoryNames: [repository] });
        const answer = await clients.ecr(registry).send(command, { abortSignal });
        const own = (0,reference/* repositoryArn */.qM)(registry, repository);
        const found = answer.scanningConfigurations?.find(({ repositoryArn: arn }) => arn === own);
        if (found === undefined)
            return undefined;
        if (scanType === 'basic')
            return found.scanOnPush === false ? notScannedOnPush(image) : undefined;
        if (found.scanFrequency !== 'MANUAL')
            return undefined;
        return new errors/* GateError */.ue('configuration', `No scanning filter of account ${registry.account}, region ${registry.region} matches the repository ${repository}, so Amazon Inspector never scans it.`, {
            nextStep: 'Add the repository to the enhanced scanning filters of the registry: ECR console, Private registry, Scanning configuration (aws ecr put-registry-scanning-configuration).',
        });
    });
}
/** The answer; undefined if there is none. These calls only help to explain, so the run continues without a response. */
async function ifAnswered(deadline, call) {
    return (0,briefly/* briefly */.m)(deadline, call).catch(() => undefined);
}
function notScannedOnPush({ registry, repository, digest }) {
    return new errors/* GateError */.ue('configuration', `ECR has not scanned ${repository}@${digest}, and a push to the repository does not start a scan.`, {
        nextStep: `Turn on scan on push for the repository, or start a scan: aws ecr start-image-scan --repository-name ${repository} --image-id imageDigest=${digest} --region ${registry.region}`,
    });
}


/***/ }),

/***/ 59765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ withDetails)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_inspector2__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(31875);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(37728);
/* harmony import */ var _aws_checked_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66002);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17180);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75650);
/** Data about exploits, from Inspector's details of findings: CISA's catalog (KEV) and EPSS. */





// The most ARNs of one call (Inspector2 service model).
const ARNS_PER_CALL = 10;
const CALLS_AT_ONCE = 4;
const Answer = valibot__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    findingDetails: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
        findingArn: valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
        // The member is present where the catalog has the vulnerability.
        cisaData: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({}))),
        epssScore: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig())),
    })),
});
/**
 * Reads the details of findings from Inspector, ten per call. A finding without details stays as it is: the policy
 * treats missing data as the stricter case, so it is not an error here. Of several answers about one finding the
 * stricter one applies: known to be exploited, and the higher probability.
 * @throws GateError only if the run has ended
 */
async function withDetails(findings, registry, clients, deadline) {
    const client = await clients.inspector(registry);
    const received = new Map();
    let why = 'Amazon Inspector returned no details of them.';
    let nextStep;
    const read = async (ids) => {
        try {
            const command = new _aws_sdk_client_inspector2__WEBPACK_IMPORTED_MODULE_4__/* .BatchGetFindingDetailsCommand */ .B({ findingArns: ids });
            const answer = await client.send(command, { abortSignal: deadline.signal });
            for (const detail of (0,_aws_checked_js__WEBPACK_IMPORTED_MODULE_0__/* .checked */ .K)(Answer, answer, 'inspector2:BatchGetFindingDetails').findingDetails) {
                const { findingArn, cisaData, epssScore } = detail;
                const other = received.get(findingArn);
                received.set(findingArn, {
                    knownExploited: (cisaData !== undefined && cisaData !== null) || other?.knownExploited === true,
                    epss: higher(probability(epssScore), other?.epss),
                });
            }
        }
        catch (error) {
            const call = { action: 'inspector2:BatchGetFindingDetails', resource: '*' };
            const translated = (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translate */ .Tl)(error, call, deadline);
            if (deadline.signal.aborted)
                throw translated;
            why = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(translated);
            if (translated instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue)
                nextStep = translated.nextStep;
        }
    };
    const ids = [...new Set(findings.map(({ id }) => id))];
    const batches = [];
    for (let at = 0; at < ids.length; at += ARNS_PER_CALL)
        batches.push(ids.slice(at, at + ARNS_PER_CALL));
    const workers = Array.from({ length: Math.min(CALLS_AT_ONCE, batches.length) }, async () => {
        for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
            await read(batch);
    });
    await Promise.all(workers);
    const count = ids.filter((id) => !received.has(id)).length;
    return {
        findings: findings.map((finding) => {
            const detail = received.get(finding.id);
            if (detail === undefined)
                return finding;
            return {
                ...finding,
                knownExploited: detail.knownExploited,
                epss: higher(finding.epss, detail.epss),
            };
        }),
        unknown: count === 0 ? undefined : { count, why, nextStep },
    };
}
function probability(value) {
    return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}
function higher(a, b) {
    return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}


/***/ }),

/***/ 22323:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DR: () => (/* binding */ serviceTime),
/* harmony export */   Ev: () => (/* binding */ countsOfScanned),
/* harmony export */   L_: () => (/* binding */ countsOfPage),
/* harmony export */   p7: () => (/* binding */ sumOfPages),
/* harmony export */   pM: () => (/* binding */ describeScan),
/* harmony export */   rt: () => (/* binding */ ECR_PAGE),
/* harmony export */   zy: () => (/* binding */ countsOfWhole)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(65794);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(37728);
/* harmony import */ var _aws_checked_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66002);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17180);
/* harmony import */ var _aws_raw_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62465);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75650);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(90274);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(40586);
/** ECR's own view of a scan (DescribeImageScanFindings): its status and the number of its findings. */








/** The most findings of one page (ECR service model). */
const ECR_PAGE = 1000;
const optionalText = valibot__WEBPACK_IMPORTED_MODULE_6__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_6__/* .string */ .YjP());
const seconds = valibot__WEBPACK_IMPORTED_MODULE_6__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_6__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_6__/* .transform */ .pdi((time) => new Date(time * 1_000)));
// The findings are checked where they are read. A member that is missing can also be null.
const ScanAnswer = valibot__WEBPACK_IMPORTED_MODULE_6__/* .object */ .Ikc({
    imageId: valibot__WEBPACK_IMPORTED_MODULE_6__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_6__/* .object */ .Ikc({ imageDigest: optionalText })),
    repositoryName: optionalText,
    registryId: optionalText,
    imageScanStatus: valibot__WEBPACK_IMPORTED_MODULE_6__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_6__/* .object */ .Ikc({ status: optionalText })),
    imageScanFindings: valibot__WEBPACK_IMPORTED_MODULE_6__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_6__/* .object */ .Ikc({
        imageScanCompletedAt: valibot__WEBPACK_IMPORTED_MODULE_6__/* .nullish */ .cl6(seconds),
        findings: valibot__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_6__/* .unknown */ .L5J()),
        enhancedFindings: valibot__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_6__/* .unknown */ .L5J()),
        findingSeverityCounts: valibot__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_6__/* .unknown */ .L5J()),
    })),
    nextToken: optionalText,
});
/**
 * Reads one page of an image's scan; undefined if ECR has no scan of the image (ScanNotFoundException).
 * @throws MalformedAnswer if the answer is about another image; GateError as `translate` makes it
 */
async function describeScan(clients, deadline, image, page) {
    const { registry, repository, digest } = image;
    const command = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_7__/* .DescribeImageScanFindingsCommand */ .T({
        registryId: registry.account,
        repositoryName: repository,
        imageId: { imageDigest: digest },
        ...page,
    });
    let answer;
    try {
        const client = clients.ecr(registry);
        const raw = await (0,_aws_raw_js__WEBPACK_IMPORTED_MODULE_2__/* .sendRaw */ .d)(command, () => client.send(command, { abortSignal: deadline.signal }));
        answer = (0,_aws_checked_js__WEBPACK_IMPORTED_MODULE_0__/* .checked */ .K)(ScanAnswer, raw, 'ecr:DescribeImageScanFindings');
    }
    catch (error) {
        if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isNamed */ .ev)(error, 'ScanNotFoundException'))
            return undefined;
        const resource = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .repositoryArn */ .qM)(registry, repository);
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translate */ .Tl)(error, { action: 'ecr:DescribeImageScanFindings', resource }, deadline);
    }
    const about = [
        [answer.imageId?.imageDigest, digest],
        [answer.repositoryName, repository],
        [answer.registryId, registry.account],
    ];
    if (about.some(([given, requested]) => (given ?? requested) !== requested)) {
        throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol('ecr:DescribeImageScanFindings returned the scan of another image');
    }
    return answer;
}
/**
 * AWS's time.
 * @throws GateError `not-proven` if it is unknown: then scans, ages and expiry dates cannot be checked
 */
function serviceTime(clients, { registry }) {
    const time = clients.serviceTime(registry);
    if (time !== undefined)
        return time;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-proven', 'AWS responses had no Date header, or Date headers that contradict each other, so scans, ages and expiry dates cannot be checked.', {
        nextStep: 'Check whether a proxy between the runner and AWS removes or modifies the header, then run the step again.',
    });
}
/**
 * The counts of one page: for each severity the larger of ECR's count and the number of findings that the page lists.
 * Undefined if the page does not report them: it has neither counts nor the list of its scan type, or a member is
 * malformed.
 * @param list the list that this scan type fills
 */
function countsOfPage(answer, list) {
    const view = answer?.imageScanFindings;
    if (!isRecord(view))
        return undefined;
    const { findingSeverityCounts: counted, findings, enhancedFindings } = view;
    if (isMissing(counted) && isMissing(view[list]))
        return undefined;
    if (!isMissing(counted) && !isRecord(counted))
        return undefined;
    const listed = [];
    for (const items of [findings, enhancedFindings]) {
        if (isMissing(items))
            continue;
        if (!Array.isArray(items))
            return undefined;
        for (const item of items) {
            const severity = isRecord(item) ? item.severity : undefined;
            if (typeof severity !== 'string')
                return undefined;
            listed.push(severity);
        }
    }
    const counts = new Map();
    for (const severity of listed)
        add(counts, nameOf(severity), 1);
    for (const [severity, count] of Object.entries(counted ?? {})) {
        if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
            return undefined;
        const name = nameOf(severity);
        counts.set(name, Math.max(counts.get(name) ?? 0, count));
    }
    return counts;
}
/**
 * The counts of an image from one page, if the page is the whole list. AWS does not document whether the counts of one
 * page of several are about the page or about the image; observed counts are about the page.
 */
function countsOfWhole(answer, list) {
    return answer?.nextToken ? undefined : countsOfPage(answer, list);
}
/**
 * The counts of one page of an enhanced scan, if ECR reports with them that the image is scanned. The counts of any other
 * status are no evidence: the findings of a scan that has not finished, or that is no longer kept up to date, may be missing.
 */
function countsOfScanned(answer) {
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_5__/* .isScannedByEcr */ .Go)(answer?.imageScanStatus?.status ?? undefined)
        ? countsOfPage(answer, 'enhancedFindings')
        : undefined;
}
/** The sum of the counts of several pages; undefined if one of the pages does not report its counts. */
function sumOfPages(pages) {
    const sum = new Map();
    for (const page of pages) {
        if (page === undefined)
            return undefined;
        for (const [severity, count] of page)
            add(sum, severity, count);
    }
    return sum;
}
/** Basic scanning says UNDEFINED where Inspector says UNTRIAGED. */
function nameOf(severity) {
    const name = severity.toUpperCase();
    return name === 'UNDEFINED' ? 'UNTRIAGED' : name;
}
function add(counts, severity, count) {
    counts.set(severity, (counts.get(severity) ?? 0) + count);
}
function isMissing(value) {
    return value === undefined || value === null;
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 10694:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ inspectorScanner)
});

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/ListFindingsCommand.js
var ListFindingsCommand = __webpack_require__(65402);
// EXTERNAL MODULE: ../node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(37728);
// EXTERNAL MODULE: ./aws/checked.js
var checked = __webpack_require__(66002);
// EXTERNAL MODULE: ./aws/errors.js
var errors = __webpack_require__(17180);
// EXTERNAL MODULE: ./aws/pages.js
var aws_pages = __webpack_require__(13791);
// EXTERNAL MODULE: ./aws/raw.js
var raw = __webpack_require__(62465);
// EXTERNAL MODULE: ./scan/configuration.js + 1 modules
var configuration = __webpack_require__(64539);
// EXTERNAL MODULE: ./scan/ecr-scan.js
var ecr_scan = __webpack_require__(22323);
// EXTERNAL MODULE: ./image/reference.js
var reference = __webpack_require__(90274);
;// CONCATENATED MODULE: ./scan/inspector-finding.js
/** Converts Inspector's findings into the gate's normal form. Pure. */



// The answer is read as AWS sends it, so a member that is missing can also be null.
const missingOr = (schema) => dist/* nullish */.cl6(schema);
const Resource = dist/* object */.Ikc({
    type: dist/* string */.YjP(),
    id: dist/* string */.YjP(),
    details: missingOr(dist/* object */.Ikc({
        awsEcrContainerImage: missingOr(dist/* looseObject */._H3({
            repositoryName: missingOr(dist/* string */.YjP()),
            registry: missingOr(dist/* string */.YjP()),
            imageHash: missingOr(dist/* string */.YjP()),
        })),
    })),
});
/** The members that every finding must have; the other members are read one by one. */
const FindingRow = dist/* looseObject */._H3({
    findingArn: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
    awsAccountId: dist/* string */.YjP(),
    type: dist/* string */.YjP(),
    severity: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
    status: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
    resources: dist/* pipe */.FsL(dist/* array */.YOg(Resource), dist/* nonEmpty */.hq()),
});
/**
 * Whether a finding is about this image. The same digest can be in other repositories and, for a delegated
 * administrator, in other accounts. A finding is left out only if it is certainly about one of those; a finding that
 * does not name its image counts against this image.
 * @throws MalformedAnswer when it is about another digest, which was not requested
 */
function belongsTo(finding, image) {
    const places = finding.resources.map(({ id, details }) => {
        const { awsEcrContainerImage: container } = details ?? {};
        const [, account, repository, digest] = /^arn:[^:]*:ecr:[^:]*:(\d{12}):repository\/(.+)\/(sha256:[0-9a-f]{64})$/.exec(id) ?? [];
        return {
            accounts: wellFormed([account, container?.registry], (one) => /^\d{12}$/.test(one)),
            repositories: wellFormed([repository, container?.repositoryName], reference/* isRepository */.Z6),
            digests: wellFormed([digest, container?.imageHash], reference/* isDigest */.Bc),
        };
    });
    if (!places.some(({ digests }) => mayBe(digests, image.digest))) {
        throw new errors/* MalformedAnswer */.ol('inspector2:ListFindings returned findings of another image');
    }
    return places.some(({ accounts, repositories, digests }) => mayBe(digests, image.digest) &&
        mayBe(accounts, image.registry.account) &&
        mayBe(repositories, image.repository));
}
function wellFormed(names, isWellFormed) {
    return names.filter((name) => typeof name === 'string' && isWellFormed(name));
}
/** Whether one of the names that are given is this one; where none is well-formed, it may be. */
function mayBe(given, own) {
    return given.length === 0 || given.includes(own);
}
/** Returns equal texts as one string, to save memory: most texts of a list of findings are repeated. */
function sharedTexts() {
    const known = new Map();
    return (text) => {
        const first = known.get(text);
        if (first === undefined)
            known.set(text, text);
        return first ?? text;
    };
}
/**
 * Inspector's finding in the gate's normal form. A malformed member that could only make the verdict more lenient (a
 * score, a fix, an exploit, a time) is read as unknown. A member that names what is vulnerable has to be well-formed.
 * @param share returns equal texts as one string
 * @throws MalformedAnswer if it is not
 */
function normalise(wire, image, share = (text) => text) {
    const details = member(wire, 'packageVulnerabilityDetails');
    const shared = (value) => (typeof value === 'string' ? share(value) : undefined);
    const title = shared(wire.title);
    const vulnerabilityId = shared(details?.vulnerabilityId);
    const packages = list(details, 'vulnerablePackages').map((row) => vulnerablePackage(row, shared));
    const containers = wire.resources.map(({ id, details: about }) => ({
        id,
        architecture: shared(about?.awsEcrContainerImage?.architecture),
        platform: shared(about?.awsEcrContainerImage?.platform),
    }));
    return {
        id: wire.findingArn,
        type: share(wire.type),
        vulnerabilityId: vulnerabilityId ?? title ?? wire.type,
        relatedIds: texts(details, 'relatedVulnerabilities').map(share),
        title: title ?? vulnerabilityId ?? '',
        description: shared(wire.description) ?? '',
        severity: share(wire.severity.toUpperCase()),
        status: share(wire.status.toUpperCase()),
        score: within(wire.inspectorScore, 10),
        cvss: list(details, 'cvss').map((row) => cvss(row, shared)),
        epss: within(member(wire, 'epss')?.score, 1),
        fixAvailable: fixAvailableOf(shared(inspector_finding_text(wire.fixAvailable)?.toUpperCase()), packages),
        exploitAvailable: shared(inspector_finding_text(wire.exploitAvailable)?.toUpperCase()),
        knownExploited: undefined,
        packages,
        source: shared(details?.source),
        sourceUrl: shared(details?.sourceUrl),
        vendorSeverity: shared(details?.vendorSeverity),
        firstObservedAt: time(wire.firstObservedAt),
        digest: image.digest,
        platform: image.platform,
        architecture: containers.find(({ id }) => id.endsWith(image.digest))?.architecture,
        operatingSystem: agreed(containers.map(({ platform }) => platform)),
    };
}
/** Undefined for NO where a package has a fixed version: only that there is no fix can make a verdict more lenient. */
function fixAvailableOf(stated, packages) {
    return stated === 'NO' && packages.some(({ fixedIn }) => fixedIn) ? undefined : stated;
}
/** The one text among the values; undefined if there is none, or two differ. */
function agreed(values) {
    const [first, ...others] = new Set(values.filter((value) => value !== undefined));
    return others.length === 0 ? first : undefined;
}
function vulnerablePackage(wire, text) {
    const name = text(wire.name);
    if (name === undefined)
        throw malformed('vulnerablePackages.name');
    const fixedIn = text(wire.fixedInVersion);
    return {
        name,
        version: text(wire.version) ?? '',
        manager: text(wire.packageManager),
        // Inspector returns this word where there is no fixed version.
        fixedIn: fixedIn === 'NotAvailable' ? undefined : fixedIn,
        epoch: typeof wire.epoch === 'number' && Number.isSafeInteger(wire.epoch) ? wire.epoch : undefined,
        release: text(wire.release),
        arch: text(wire.arch),
        filePath: text(wire.filePath),
        remediation: text(wire.remediation),
        layer: text(wire.sourceLayerHash),
        instruction: undefined,
        origin: undefined,
        statedOrigin: undefined,
        reachability: reachability(wire),
    };
}
/**
 * Whether the image's own command reaches the package. Only a value with the reason that Inspector gives for it in images is
 * known: UNKNOWN has no reason, and a process that Inspector observed on an EC2 instance says nothing about an image.
 * Source: Amazon Inspector's user guide, "Understanding runtime reachability for your Amazon Inspector findings", and the
 * service model, RuntimeReachabilityReason.
 */
function reachability({ runtimeReachability: value, runtimeReachabilityReason: reason, }) {
    if (value === 'REACHABLE' && reason === 'PACKAGE_IN_DOCKERFILE_WORKLOAD_PATH')
        return 'reachable';
    if (value === 'NOT_REACHABLE' && reason === 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH')
        return 'not-reachable';
    return undefined;
}
function cvss({ baseScore, version, scoringVector, source }, text) {
    return {
        baseScore: typeof baseScore === 'number' ? baseScore : 0,
        version: text(version) ?? '',
        vector: text(scoringVector) ?? '',
        source: text(source) ?? '',
    };
}
function malformed(name) {
    return new errors/* MalformedAnswer */.ol(`inspector2:ListFindings returned a finding whose member ${name} is malformed`);
}
/** A member that is an object; undefined if it is missing. */
function member(of, name) {
    const value = of[name];
    if (value === undefined || value === null)
        return undefined;
    if (!isRow(value))
        throw malformed(name);
    return value;
}
/** A member that is a list of objects; empty if it is missing. */
function list(of, name) {
    const value = of?.[name] ?? [];
    if (!Array.isArray(value) || !value.every(isRow))
        throw malformed(name);
    return value;
}
function texts(of, name) {
    const value = of?.[name] ?? [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
        throw malformed(name);
    return value;
}
function isRow(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function inspector_finding_text(value) {
    return typeof value === 'string' ? value : undefined;
}
/** A time in seconds since the epoch, as Inspector sends it; undefined for any other value. */
function time(value) {
    const date = typeof value === 'number' ? new Date(value * 1_000) : undefined;
    return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
/** A number from 0 to `most`; undefined for any other value. */
function within(value, most) {
    return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/ListCoverageCommand.js
var ListCoverageCommand = __webpack_require__(1314);
// EXTERNAL MODULE: ./errors.js
var errors_0 = __webpack_require__(75650);
// EXTERNAL MODULE: ./scan/state.js
var state = __webpack_require__(40586);
;// CONCATENATED MODULE: ./scan/inspector-scan.js
/** Observes scans of enhanced scanning: Inspector's coverage, confirmed by ECR's own view of the scan. */










/** The most values of one filter (Inspector2 service model). */
const FILTER_VALUES = 10;
// The most items of one page (Inspector2 service model).
const COVERAGE_PAGE = 200;
/** A waiting image is observed completely this often, so that a terminal status of either service ends the wait. */
const COMPLETE_EVERY_MS = 30_000;
// Only the members that a decision needs are required.
const CoverageRow = dist/* object */.Ikc({
    resourceId: dist/* string */.YjP(),
    accountId: dist/* string */.YjP(),
    scanStatus: dist/* optional */.lqM(dist/* object */.Ikc({ statusCode: dist/* string */.YjP(), reason: dist/* string */.YjP() })),
    lastScannedAt: dist/* optional */.lqM(dist/* date */.p6U()),
});
const CoverageAnswer = dist/* object */.Ikc({
    coveredResources: dist/* array */.YOg(CoverageRow),
    nextToken: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())),
});
/** The part of a Scanner that observes scans, for enhanced scanning. */
class InspectorScans {
    imagesPerPoll = FILTER_VALUES;
    clients;
    deadline;
    waiting = new Map();
    constructor(clients, deadline) {
        this.clients = clients;
        this.deadline = deadline;
    }
    async observe(images, counts) {
        const { views, coverages } = await this.ask(images, images, counts ? ecr_scan/* ECR_PAGE */.rt : 1);
        return this.conclude(images, views, coverages);
    }
    async poll(images) {
        const overdue = images.find((image) => this.isOverdue(image));
        const byEcr = images.filter((image) => image !== overdue && this.waiting.get(image)?.heldBackBy === 'ecr');
        const byInspector = images.filter((image) => !byEcr.includes(image));
        const polled = [overdue, byEcr[0]].filter((image) => image !== undefined);
        const first = await this.ask(polled, byInspector, 1);
        // Where the answer has changed, the other service is asked too, and only both together are an observation.
        const ecrChanged = byEcr
            .slice(0, 1)
            .some((image) => (0,state/* heldBackByEcr */.KH)(statusOf(first.views.get(image))) === undefined);
        const changed = byInspector.filter((image) => image === overdue || this.heldByInspector(image, first.coverages.get(image)) === undefined);
        const complete = ecrChanged ? [...changed, ...byEcr] : changed;
        const missing = (known) => complete.filter((image) => !known.has(image));
        const second = await this.ask(missing(first.views), missing(first.coverages), ecr_scan/* ECR_PAGE */.rt);
        const observations = this.conclude(complete, new Map([...first.views, ...second.views]), new Map([...first.coverages, ...second.coverages]));
        for (const image of images) {
            if (!observations.has(image))
                observations.set(image, this.stillWaiting(image, first));
        }
        return observations;
    }
    isOverdue(image) {
        const last = this.waiting.get(image);
        return last === undefined || this.deadline.elapsedMs() - last.atMs >= COMPLETE_EVERY_MS;
    }
    /** The state of an image if at most one service was polled and nothing has changed. */
    stillWaiting(image, { views, coverages }) {
        const rows = coverages.get(image);
        const view = views.get(image);
        const malformed = [rows, view].find((answer) => answer instanceof errors/* MalformedAnswer */.ol);
        const ecrStatus = this.waiting.get(image)?.ecrStatus;
        const reason = malformed?.message ??
            (0,state/* heldBackByEcr */.KH)(statusOf(view) ?? ecrStatus) ??
            this.heldByInspector(image, rows) ??
            'its scan has not finished';
        const isMissing = Array.isArray(rows) && rows.length === 0;
        return { state: { kind: 'waiting', reason }, isMissing, countedByEcr: undefined };
    }
    /** Why Inspector keeps the image waiting; undefined if it does not, or was not asked. A malformed answer does. */
    heldByInspector(image, rows) {
        if (rows === undefined)
            return undefined;
        if (rows instanceof errors/* MalformedAnswer */.ol)
            return rows.message;
        const { status: imageStatus, pushedAt } = image;
        return (0,state/* heldBackByInspector */.LJ)({
            coverage: rows,
            imageStatus,
            pushedAt,
            now: (0,ecr_scan/* serviceTime */.DR)(this.clients, image),
        });
    }
    /** Classifies images by the answers of both services, and records which service keeps each waiting. */
    conclude(images, views, coverages) {
        const observations = new Map();
        for (const image of images) {
            const view = views.get(image);
            const rows = coverages.get(image);
            const observation = this.observation(image, view, rows);
            observations.set(image, observation);
            if (observation.state.kind !== 'waiting') {
                this.waiting.delete(image);
                continue;
            }
            this.waiting.set(image, {
                atMs: this.deadline.elapsedMs(),
                ecrStatus: statusOf(view),
                heldBackBy: this.heldByInspector(image, rows) === undefined ? 'ecr' : 'inspector',
            });
        }
        return observations;
    }
    observation(image, view, rows) {
        const malformed = [view, rows].find((answer) => answer instanceof errors/* MalformedAnswer */.ol);
        if (malformed !== undefined || view instanceof errors/* MalformedAnswer */.ol || !Array.isArray(rows)) {
            const reason = malformed?.message ?? '';
            return { state: { kind: 'waiting', reason }, isMissing: false, countedByEcr: undefined };
        }
        const coverage = rows;
        const { status: imageStatus, pushedAt } = image;
        return {
            state: (0,state/* classify */.L8)({
                ecrStatus: statusOf(view),
                coverage,
                imageStatus,
                pushedAt,
                now: (0,ecr_scan/* serviceTime */.DR)(this.clients, image),
            }),
            isMissing: coverage.length === 0,
            countedByEcr: (0,ecr_scan/* countsOfWhole */.zy)(view, 'enhancedFindings'),
        };
    }
    /**
     * Asks both services at the same time.
     * @throws GateError one error for all calls that AWS denied
     */
    async ask(ofEcr, ofInspector, ecrPage) {
        const views = Promise.all(ofEcr.map(async (image) => {
            const asking = () => (0,ecr_scan/* describeScan */.pM)(this.clients, this.deadline, image, { maxResults: ecrPage });
            return [image, await (0,errors/* attempt */.CD)(asking)];
        }));
        const coverages = Promise.all(batches(ofInspector).map(async (batch) => {
            const rows = await (0,errors/* attempt */.CD)(() => this.coverage(batch));
            return batch.map((image) => [
                image,
                rows instanceof errors/* MalformedAnswer */.ol ? rows : (rows.get(resourceId(image)) ?? []),
            ]);
        }));
        await (0,errors_0/* allOrFailures */.OP)([
            ['ECR', views.then(() => undefined)],
            ['Amazon Inspector', coverages.then(() => undefined)],
        ]);
        return { views: new Map(await views), coverages: new Map((await coverages).flat()) };
    }
    /** Coverage rows by resource id, of images of one registry. */
    async coverage(images) {
        const { clients, deadline } = this;
        const [first] = images;
        if (first === undefined)
            return new Map();
        const client = await clients.inspector(first.registry);
        const rows = await (0,aws_pages/* allPages */.S)('inspector2:ListCoverage', async (nextToken) => {
            const command = new ListCoverageCommand/* ListCoverageCommand */.y({
                filterCriteria: {
                    resourceId: images.map((image) => ({ comparison: 'EQUALS', value: resourceId(image) })),
                },
                maxResults: COVERAGE_PAGE,
                nextToken,
            });
            try {
                const answer = await client.send(command, { abortSignal: deadline.signal });
                const page = (0,checked/* checked */.K)(CoverageAnswer, answer, 'inspector2:ListCoverage');
                return { items: page.coveredResources, nextToken: page.nextToken ?? undefined };
            }
            catch (error) {
                const refused = (0,errors/* translate */.Tl)(error, { action: 'inspector2:ListCoverage', resource: '*' }, deadline);
                if (!(refused instanceof errors_0/* GateError */.ue) || refused.code !== 'configuration')
                    throw refused;
                const { error: explained, possibleReason } = await (0,configuration/* explainMissingInspectorScan */.I)(clients, deadline, first);
                throw explained ?? (possibleReason === undefined ? refused : withReason(refused, possibleReason));
            }
        });
        const found = new Map();
        for (const { resourceId: id, accountId, scanStatus, lastScannedAt } of rows) {
            if (accountId !== first.registry.account)
                continue;
            const row = {
                statusCode: scanStatus?.statusCode ?? '',
                reason: scanStatus?.reason ?? '',
                lastScannedAt,
            };
            const others = found.get(id);
            if (others === undefined)
                found.set(id, [row]);
            else
                others.push(row);
        }
        return found;
    }
}
/** ECR's status; undefined if it has no scan, reports no status, or its answer is malformed. */
function statusOf(view) {
    return view instanceof errors/* MalformedAnswer */.ol ? undefined : (view?.imageScanStatus?.status ?? undefined);
}
function withReason({ code, message, nextStep, cause }, reason) {
    return new errors_0/* GateError */.ue(code, `${message} ${reason}`, { nextStep, cause });
}
/** The id of an image in Inspector's coverage: the repository's ARN and the digest. */
function resourceId({ registry, repository, digest }) {
    return `${(0,reference/* repositoryArn */.qM)(registry, repository)}/${digest}`;
}
function batches(images) {
    const regions = Map.groupBy(images, ({ registry }) => `${registry.account} ${registry.host}`);
    return [...regions.values()].flatMap((group) => {
        const result = [];
        for (let at = 0; at < group.length; at += FILTER_VALUES)
            result.push(group.slice(at, at + FILTER_VALUES));
        return result;
    });
}

;// CONCATENATED MODULE: ./scan/inspector.js
/** Enhanced scanning: Amazon Inspector's coverage and findings, confirmed by ECR's own view of the scan. */










// The most items of one page (Inspector2 service model).
const FINDINGS_PAGE = 100;
const NextToken = dist/* object */.Ikc({ nextToken: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())) });
const Findings = dist/* object */.Ikc({ findings: dist/* array */.YOg(FindingRow) });
const LIST_FINDINGS = 'inspector2:ListFindings';
/** Enhanced scanning as a Scanner. */
function inspectorScanner(clients, deadline) {
    const scans = new InspectorScans(clients, deadline);
    return {
        observe: (images, counts) => scans.observe(images, counts),
        imagesPerPoll: FILTER_VALUES,
        poll: (images) => scans.poll(images),
        findings: async (image) => {
            const client = await clients.inspector(image.registry);
            const share = sharedTexts();
            return (0,aws_pages/* allPages */.S)(LIST_FINDINGS, async (token) => {
                const command = new ListFindingsCommand/* ListFindingsCommand */.m({
                    // By digest alone: any other filter could match nothing if its format differs from what is documented.
                    filterCriteria: { ecrImageHash: [{ comparison: 'EQUALS', value: image.digest }] },
                    maxResults: FINDINGS_PAGE,
                    nextToken: token,
                });
                try {
                    const answer = await (0,raw/* sendRaw */.d)(command, () => client.send(command, { abortSignal: deadline.signal }));
                    const { nextToken } = (0,checked/* checked */.K)(NextToken, answer, LIST_FINDINGS);
                    return {
                        items: () => (0,checked/* checked */.K)(Findings, answer, LIST_FINDINGS)
                            .findings.filter((row) => belongsTo(row, image))
                            .map((row) => normalise(row, image, share)),
                        nextToken: nextToken ?? undefined,
                    };
                }
                catch (error) {
                    throw (0,errors/* translate */.Tl)(error, { action: LIST_FINDINGS, resource: '*' }, deadline);
                }
            });
        },
        countedByEcr: async (image) => {
            const pages = await (0,aws_pages/* allPages */.S)('ecr:DescribeImageScanFindings', async (nextToken) => {
                const answer = await (0,ecr_scan/* describeScan */.pM)(clients, deadline, image, { maxResults: ecr_scan/* ECR_PAGE */.rt, nextToken });
                return {
                    items: [(0,ecr_scan/* countsOfScanned */.Ev)(answer)],
                    nextToken: answer?.nextToken ?? undefined,
                };
            });
            return (0,ecr_scan/* sumOfPages */.p7)(pages);
        },
        explainMissingScan: (image) => (0,configuration/* explainMissingInspectorScan */.I)(clients, deadline, image),
        serviceTime: (image) => (0,ecr_scan/* serviceTime */.DR)(clients, image),
    };
}


/***/ }),

/***/ 61424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Et: () => (/* binding */ settledFindings),
/* harmony export */   N4: () => (/* binding */ isLongFinished),
/* harmony export */   uP: () => (/* binding */ ecrContradiction)
/* harmony export */ });
/* unused harmony exports SETTLED_AFTER_MS, needsEcrConfirmation, fingerprint */
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17180);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75650);
/* harmony import */ var _image_resolve_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48647);
/* harmony import */ var _wait_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(47726);
/** Reads the findings of an image until they have settled. */




/** The findings of a scan that ended longer ago than this are settled at the first complete read. */
const SETTLED_AFTER_MS = 5 * 60_000;
const RETRY_MS = 1_000;
/** How old the observation of a scan may be when findings are read: the state of the scan, and ECR's counts. */
const CURRENT_MS = 5_000;
// The severities that Inspector and ECR document, which are those that ECR may count.
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'];
/**
 * Whether ECR has to confirm that no findings are missing: Inspector lists no active finding, or the policy can block at a
 * severity of which it lists none, or only some that the policy may allow.
 */
function needsEcrConfirmation(findings, blocking) {
    const active = countsOf(findings, 'ACTIVE');
    return SEVERITIES.some((severity) => needsConfirmation(severity, active, blocking));
}
/** Whether ECR has to confirm how many findings of a severity Inspector lists. */
function needsConfirmation(severity, active, { canBlock, alwaysBlocks }) {
    if (active.size === 0)
        return true;
    return canBlock(severity) && !(active.has(severity) && alwaysBlocks(severity));
}
/**
 * Why ECR's counts do not confirm the findings that Inspector lists; undefined if they do. Of the severities that have to
 * be confirmed, ECR has to count no more than Inspector lists as active and as suppressed: AWS does not document whether ECR
 * counts suppressed findings.
 * @param counted undefined if ECR's answers do not report its counts
 */
function ecrContradiction(findings, counted, blocking) {
    const active = countsOf(findings, 'ACTIVE');
    if (counted === undefined) {
        return 'the list of Amazon Inspector may be incomplete, and ECR does not report how many findings it counts';
    }
    const suppressed = countsOf(findings, 'SUPPRESSED');
    const missing = [...counted].filter(([severity, count]) => count > (active.get(severity) ?? 0) + (suppressed.get(severity) ?? 0) &&
        needsConfirmation(severity, active, blocking));
    if (missing.length === 0)
        return undefined;
    const counts = missing.map(([severity, count]) => `${count} ${severity}`).join(', ');
    return `ECR counts findings that Amazon Inspector does not list (${counts})`;
}
/** How many findings of a status there are, by severity. */
function countsOf(findings, wanted) {
    const bySeverity = Map.groupBy(findings.filter(({ status }) => status === wanted), ({ severity }) => severity);
    return new Map([...bySeverity].map(([severity, group]) => [severity, new Set(group.map(({ id }) => id)).size]));
}
/** A text that is equal for two reads with the same findings, severities and statuses. */
function fingerprint(findings) {
    return [...new Set(findings.map(({ id, severity, status }) => JSON.stringify([id, severity, status])))]
        .sort()
        .join('\n');
}
/** Whether a scan ended so long ago, by AWS's clock, that its findings are complete. The runner's clock may be wrong. */
function isLongFinished(scannedAt, serviceTime) {
    return serviceTime.getTime() - scannedAt.getTime() > SETTLED_AFTER_MS;
}
/**
 * Reads the findings of a scanned image until they have settled: two complete reads at least `settleTimeMs` apart with
 * the same findings, or one read if the scan ended long ago. If missing findings could change the verdict, ECR must not
 * count more than Inspector lists. If ECR counts more, or does not report its counts, both services are read again. The
 * first of the reads follows an observation that the image is scanned: when a scan ends or starts again, findings disappear.
 * @throws GateError `not-proven` if the findings have not settled by the deadline; `unscannable` if the image is no longer
 *   scanned
 */
async function settledFindings(image, observation, scanner, { settleTimeMs, blocking, clock, deadline, log }) {
    let doubt = 'they could not be read completely';
    let previous;
    const { observedAtMs: atMs = deadline.elapsedMs(), countedByEcr } = observation;
    let seen = { atMs, scannedAt: observation.state.scannedAt, counted: countedByEcr };
    const isCurrent = () => seen !== undefined && deadline.elapsedMs() - seen.atMs <= CURRENT_MS;
    const startAgain = async (why) => {
        doubt = why;
        previous = undefined;
        seen = undefined;
        await deadline.sleep(RETRY_MS);
    };
    while (!deadline.signal.aborted) {
        try {
            // When a scan starts again or ends, findings disappear.
            if (seen === undefined || (previous === undefined && !isCurrent())) {
                const again = await observeAgain(image, scanner, deadline);
                if (typeof again === 'string') {
                    await startAgain(again);
                    continue;
                }
                seen = again;
            }
            const isObserved = previous === undefined || isCurrent();
            const { scannedAt, counted } = seen;
            seen = { ...seen, counted: undefined };
            const findings = await scanner.findings(image);
            const at = clock.now();
            if (needsEcrConfirmation(findings, blocking)) {
                const ecr = counted ?? (await scanner.countedByEcr(image));
                const contradicted = ecrContradiction(findings, ecr, blocking);
                if (contradicted !== undefined) {
                    await startAgain(contradicted);
                    continue;
                }
            }
            if (isObserved && isLongFinished(scannedAt, scanner.serviceTime(image)))
                return findings;
            const print = fingerprint(findings);
            if (previous?.print === print && at - previous.at >= settleTimeMs)
                return findings;
            doubt = 'they kept changing';
            // The settle time starts at the end of the first read with these findings.
            if (previous?.print !== print) {
                if (previous !== undefined)
                    log(`The findings of ${(0,_image_resolve_js__WEBPACK_IMPORTED_MODULE_2__/* .imageName */ .tO)(image)} have changed. Waiting until they settle.`);
                if (!isObserved) {
                    await startAgain(doubt);
                    continue;
                }
                previous = { at, print };
            }
            await deadline.sleep(Math.max(1, settleTimeMs - (clock.now() - previous.at)));
        }
        catch (error) {
            // The reason before a call that the deadline aborted says more than that call's error.
            if (deadline.signal.aborted)
                break;
            if (!(error instanceof _aws_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol))
                throw error;
            await startAgain(error.message);
        }
    }
    if (!deadline.expired)
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .interrupted */ .VM)(deadline, 'collecting findings');
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('not-proven', `The findings of ${(0,_image_resolve_js__WEBPACK_IMPORTED_MODULE_2__/* .imageName */ .tO)(image)} did not settle before the timeout: ${doubt}.`, { nextStep: 'Run the step again. If it fails again, raise the inputs timeout and settle-time.' });
}
/**
 * Observes a finished scan once more.
 * @returns the observation, or the reason why the image is no longer scanned
 * @throws GateError `unscannable`
 */
async function observeAgain(image, scanner, deadline) {
    // Before the call: one of its answers can be as old as this.
    const atMs = deadline.elapsedMs();
    const observation = (await scanner.observe([image], true)).get(image);
    if (observation === undefined)
        return 'the state of the scan is unknown';
    const { state, countedByEcr: counted } = observation;
    if (state.kind === 'unscannable')
        throw (0,_wait_js__WEBPACK_IMPORTED_MODULE_3__/* .unscannable */ .rk)(image, state);
    if (state.kind === 'waiting')
        return `the image is no longer reported as scanned (${state.reason})`;
    return { atMs, scannedAt: state.scannedAt, counted };
}


/***/ }),

/***/ 40586:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Go: () => (/* binding */ isScannedByEcr),
/* harmony export */   KH: () => (/* binding */ heldBackByEcr),
/* harmony export */   L8: () => (/* binding */ classify),
/* harmony export */   LJ: () => (/* binding */ heldBackByInspector),
/* harmony export */   Yx: () => (/* binding */ ECR_STATUS),
/* harmony export */   h1: () => (/* binding */ classifyBasic)
/* harmony export */ });
/* unused harmony export COVERAGE_REASON */
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41956);
/** Decides from the answers of ECR and Inspector whether an image is scanned. Pure; the tables are the rule. */

const REBUILD = 'Build the image on an operating system and in a format that Amazon Inspector supports.';
const SHRINK = 'Make the image smaller: it is larger than Amazon Inspector can scan.';
const PUSH_AGAIN = 'Delete the image and push it again, because only a push starts a scan; in a pull-through cache, delete it and pull it once. To keep images scanned for longer, extend the re-scan duration in Amazon Inspector.';
const CONFIGURE = 'Turn on enhanced scanning for this repository: ECR console, Private registry, Scanning configuration (aws ecr put-registry-scanning-configuration).';
const RESTORE = 'Restore the image in ECR, or push it again.';
const PERMIT = 'Allow Amazon Inspector to read the repository: check the repository policy, and the key policy of the KMS key that encrypts the repository.';
/** ECR's ScanStatus values. A value that is not listed never means "scanned". Source: ECR API, ImageScanStatus. */
const ECR_STATUS = {
    ACTIVE: 'scanned',
    COMPLETE: 'scanned',
    PENDING: 'waiting',
    IN_PROGRESS: 'waiting',
    FAILED: { nextStep: REBUILD },
    UNSUPPORTED_IMAGE: { nextStep: REBUILD },
    IMAGE_SIZE_EXCEEDED: { nextStep: SHRINK },
    SCAN_ELIGIBILITY_EXPIRED: { nextStep: PUSH_AGAIN },
    FINDINGS_UNAVAILABLE: { nextStep: PUSH_AGAIN },
    LIMIT_EXCEEDED: {
        nextStep: 'The account has reached a scan limit: check the service quotas of ECR and Amazon Inspector.',
    },
    IMAGE_ARCHIVED: { nextStep: RESTORE },
};
/**
 * Inspector's ScanStatusReason values for images. A value that is not listed never means "scanned".
 * Source: Inspector API, ScanStatus, and the user guide on coverage.
 */
const COVERAGE_REASON = {
    SUCCESSFUL: 'scanned',
    SCAN_FREQUENCY_SCAN_ON_PUSH: 'scanned',
    PENDING_INITIAL_SCAN: 'waiting',
    SCAN_IN_PROGRESS: 'waiting',
    PENDING_REVIVAL_SCAN: 'waiting',
    INTERNAL_ERROR: 'waiting',
    UNSUPPORTED_OS: { nextStep: REBUILD },
    UNSUPPORTED_MEDIA_TYPE: { nextStep: REBUILD },
    IMAGE_SIZE_EXCEEDED: { nextStep: SHRINK },
    STORAGE_LIMIT_EXCEEDED: { nextStep: REBUILD },
    EXTRACTION_COLLECTION_TIME_LIMIT_EXCEEDED: { nextStep: REBUILD },
    INVALID_ARTIFACT: { nextStep: REBUILD },
    SCAN_ELIGIBILITY_EXPIRED: { nextStep: PUSH_AGAIN },
    IMAGE_ARCHIVED: { nextStep: RESTORE },
    SCAN_FREQUENCY_MANUAL: { nextStep: CONFIGURE },
    PENDING_DISABLE: {
        nextStep: 'Amazon Inspector is being disabled for this account: enable it again (aws inspector2 enable --resource-types ECR).',
    },
    RESOURCE_TERMINATED: {
        nextStep: 'The image was deleted: push it again. If the repository is a pull-through cache, pull the image once instead.',
    },
    ACCESS_DENIED: { nextStep: PERMIT },
    ACCESS_DENIED_TO_ENCRYPTION_KEY: { nextStep: PERMIT },
    EXCLUDED_BY_TAG: { nextStep: 'Remove the tag that excludes this resource from Amazon Inspector.' },
};
/** The reason of an image that is scanned once, so that its status code is INACTIVE after the scan. */
const SCANNED_ONCE = 'SCAN_FREQUENCY_SCAN_ON_PUSH';
/**
 * Whether an image is scanned, is waiting for its scan, or cannot be scanned. It is scanned only if ECR and every
 * coverage row report that, with a scan between the push and now. A terminal status of either service ends the wait.
 * Any other status, an unknown one included, is waiting.
 */
function classify({ ecrStatus, coverage, imageStatus, pushedAt, now }) {
    if (imageStatus === 'ARCHIVED')
        return unscannable('the image is archived', RESTORE);
    const ecr = meaningOf(ECR_STATUS, ecrStatus);
    const terminal = coverage.flatMap(({ reason }) => {
        const meaning = meaningOf(COVERAGE_REASON, reason);
        return typeof meaning === 'object'
            ? [{ report: `Inspector reports ${reason}`, nextStep: meaning.nextStep }]
            : [];
    });
    // Inspector's reason is more specific than ECR's status, so it comes first.
    if (typeof ecr === 'object')
        terminal.push({ report: `ECR reports ${ecrStatus}`, nextStep: ecr.nextStep });
    const [first] = terminal;
    if (first !== undefined) {
        return unscannable(terminal.map(({ report }) => report).join(', '), first.nextStep);
    }
    if (imageStatus !== undefined && imageStatus !== 'ACTIVE')
        return waiting(`ECR reports the image as ${imageStatus}`);
    const held = heldBackByEcr(ecrStatus);
    if (held !== undefined)
        return waiting(held);
    if (coverage.length === 0)
        return waiting('Inspector has no record of the image yet');
    for (const { statusCode, reason, lastScannedAt } of coverage) {
        const finished = reason === SCANNED_ONCE ? isKnownCode(statusCode) : reason === 'SUCCESSFUL' && statusCode === 'ACTIVE';
        if (!finished)
            return waiting(`Inspector reports ${statusCode} ${reason}`);
        if (lastScannedAt === undefined)
            return waiting(`Inspector reports ${reason} without the time of a scan`);
        const doubt = reasonToDoubt('Inspector', lastScannedAt, pushedAt, now);
        if (doubt !== undefined)
            return waiting(doubt);
    }
    const latest = Math.max(...coverage.map(({ lastScannedAt }) => lastScannedAt?.getTime() ?? Number.NaN));
    return {
        kind: 'scanned',
        scannedAt: new Date(latest),
        monitored: coverage.every(({ reason }) => reason !== SCANNED_ONCE),
    };
}
/**
 * Why ECR's status alone keeps an image waiting; undefined if it does not. It only selects which service is polled:
 * an image is scanned only by `classify`, from the answers of both.
 */
function heldBackByEcr(ecrStatus) {
    return meaningOf(ECR_STATUS, ecrStatus) === 'waiting'
        ? `ECR reports ${ecrStatus ?? 'no scan yet'}`
        : undefined;
}
/** Whether ECR's status by itself means that the image is scanned. */
function isScannedByEcr(ecrStatus) {
    return meaningOf(ECR_STATUS, ecrStatus) === 'scanned';
}
/** The same as `heldBackByEcr` for Inspector's coverage. */
function heldBackByInspector(facts) {
    const state = classify({ ...facts, ecrStatus: 'ACTIVE' });
    return state.kind === 'waiting' ? state.reason : undefined;
}
/** Why a scan's time is not evidence that the pushed image was scanned; undefined if it is. */
function reasonToDoubt(service, scannedAt, pushedAt, now) {
    // The comparison is false for an invalid date.
    if (!(scannedAt >= pushedAt))
        return `${service} has not scanned the image since it was pushed`;
    return scannedAt.getTime() - now.getTime() <= _time_js__WEBPACK_IMPORTED_MODULE_0__/* .CLOCK_SKEW_MS */ .rn
        ? undefined
        : `${service} reports a scan in the future (${scannedAt.toISOString()})`;
}
function isKnownCode(statusCode) {
    return statusCode === 'ACTIVE' || statusCode === 'INACTIVE';
}
function meaningOf(table, status) {
    return status !== undefined && Object.hasOwn(table, status) ? (table[status] ?? 'waiting') : 'waiting';
}
function waiting(reason) {
    return { kind: 'waiting', reason };
}
function unscannable(reason, nextStep) {
    return { kind: 'unscannable', reason, nextStep };
}
/** The same for basic scanning: an image is scanned only if ECR reports COMPLETE and a time between the push and now. */
function classifyBasic(facts) {
    const { ecrStatus, completedAt, imageStatus, pushedAt, now } = facts;
    if (imageStatus === 'ARCHIVED')
        return unscannable('the image is archived', RESTORE);
    const meaning = meaningOf(ECR_STATUS, ecrStatus);
    if (typeof meaning === 'object')
        return unscannable(`ECR reports ${ecrStatus}`, meaning.nextStep);
    if (ecrStatus === 'ACTIVE') {
        return unscannable('ECR reports ACTIVE, which only enhanced scanning reports', 'Set scan-type: enhanced, or remove the input.');
    }
    if (ecrStatus !== 'COMPLETE')
        return waiting(`ECR reports ${ecrStatus ?? 'no scan yet'}`);
    if (completedAt === undefined)
        return waiting('ECR reports COMPLETE without the time of a scan');
    const doubt = reasonToDoubt('ECR', completedAt, pushedAt, now);
    if (doubt !== undefined)
        return waiting(doubt);
    return { kind: 'scanned', scannedAt: completedAt, monitored: false };
}


/***/ }),

/***/ 47726:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _v: () => (/* binding */ watchScans),
/* harmony export */   rk: () => (/* binding */ unscannable)
/* harmony export */ });
/* unused harmony export pollInterval */
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17180);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75650);
/* harmony import */ var _image_platform_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(66740);
/* harmony import */ var _image_resolve_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48647);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(41956);
/**
 * Waits for scans. It polls often during the time in which most scans end, then less often, with few calls per round.
 */





/** How often the log repeats a state that does not change. */
const HEARTBEAT_MS = 30_000;
/** A scan that had not finished when the run first looked rarely ends in the next seconds. */
const FIRST_PAUSE_MS = 4_000;
/**
 * Milliseconds until the next round: four seconds at first, a second for the two minutes in which most scans end (the
 * first scan after a push usually takes 20 to 120 seconds), then gradually up to 15 s. Up to a tenth less at random, so
 * that gates that started together do not poll together.
 * @param rounds how many rounds there were
 */
function pollInterval(elapsedMs, rounds, random) {
    const base = rounds === 0 ? FIRST_PAUSE_MS : Math.min(15_000, 1_000 + Math.max(0, elapsedMs - 120_000) / 20);
    return base * (1 - 0.1 * random);
}
/**
 * Waits for the scans of all images and returns a promise for each: resolved when the image is scanned, rejected with
 * the reason why it is not. A round polls as many waiting images as one call serves, in turn, so that its cost does not
 * grow with their number. While polls find finished scans the round goes on at once with twice as many images.
 * @param first the first observation of each image, where it was already made
 */
function watchScans(images, scanner, options, first) {
    const waiting = new Map();
    const promises = new Map();
    for (const image of images) {
        const resolvers = Promise.withResolvers();
        // Each promise is awaited when its image is judged, which can be after it was rejected.
        resolvers.promise.catch(() => { });
        waiting.set(image, resolvers);
        promises.set(image, resolvers.promise);
    }
    const rejectAll = (error) => {
        for (const { reject } of waiting.values())
            reject(error);
        waiting.clear();
    };
    new ScanWait(waiting, scanner, options).run(first).catch(rejectAll);
    return promises;
}
/** One wait: the images that are not scanned yet, in the order in which they are observed. */
class ScanWait {
    waiting;
    scanner;
    options;
    total;
    /** Why each image is not scanned, as last observed. */
    reasons = new Map();
    /** By repository: a possible reason why its images have no scan; undefined if none is known. */
    possibleReasons = new Map();
    /** By repository: why no scan of its images will ever be visible. */
    neverScanned = new Map();
    logged = { progress: '', at: Number.NEGATIVE_INFINITY };
    constructor(waiting, scanner, options) {
        this.waiting = waiting;
        this.scanner = scanner;
        this.options = options;
        this.total = waiting.size;
    }
    async run(first) {
        const { deadline, random } = this.options;
        try {
            const images = [...this.waiting.keys()];
            const observeFirst = (some) => this.scanner.observe(some, true);
            await this.take(images, first ?? (await this.observe(images, observeFirst)));
            for (let rounds = 0; this.waiting.size > 0 && !deadline.signal.aborted; rounds += 1) {
                this.logProgress();
                await deadline.sleep(pollInterval(deadline.elapsedMs(), rounds, random()));
                await this.round();
            }
        }
        catch (error) {
            // A call that the deadline aborted says less than the last observation of each image.
            if (!deadline.signal.aborted)
                throw error;
        }
        for (const [image, { reject }] of this.waiting)
            reject(this.notScannedInTime(image));
        this.waiting.clear();
    }
    /** Polls the next images; while all of them are scanned, twice as many. */
    async round() {
        for (let width = this.scanner.imagesPerPoll; this.waiting.size > 0 && !this.options.deadline.signal.aborted; width *= 2) {
            const images = [...this.waiting.keys()].slice(0, width);
            const observations = await this.observe(images, (some) => this.scanner.poll(some));
            if (!(await this.take(images, observations)))
                return;
        }
    }
    /**
     * Observes images. If that fails, each image is observed separately, so that a failure affects only its own image.
     */
    async observe(images, ask) {
        // Before the call: one of its answers can be as old as this, however long the others take.
        const observedAtMs = this.options.deadline.elapsedMs();
        try {
            const found = await ask(images);
            return new Map([...found].map(([image, observation]) => [image, { ...observation, observedAtMs }]));
        }
        catch (error) {
            if (!this.options.each || this.options.deadline.signal.aborted || (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .endsRun */ .sl)(error))
                throw error;
            const [image, ...others] = images;
            if (image !== undefined && others.length === 0) {
                this.reject(image, error);
                return new Map();
            }
            const found = new Map();
            for (const one of images) {
                for (const [key, observation] of await this.observe([one], ask))
                    found.set(key, observation);
            }
            return found;
        }
    }
    reject(image, error) {
        this.waiting.get(image)?.reject(error);
        this.waiting.delete(image);
    }
    /**
     * Settles the promises of the images that are scanned or cannot be, and explains missing scans.
     * @returns whether all of the images are scanned
     */
    async take(images, observations) {
        let allScanned = true;
        for (const image of images) {
            const observation = observations.get(image);
            const promise = this.waiting.get(image);
            if (observation === undefined || promise === undefined)
                continue;
            const { state } = observation;
            // An image that still waits goes to the end of the queue.
            this.waiting.delete(image);
            if (state.kind === 'scanned') {
                promise.resolve({ ...observation, state });
                continue;
            }
            allScanned = false;
            this.reasons.set(image, state.reason);
            if (state.kind === 'unscannable') {
                promise.reject(unscannable(image, state));
                if (this.options.each)
                    continue;
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('not-proven', `Stopped waiting for the scan, because ${(0,_image_resolve_js__WEBPACK_IMPORTED_MODULE_3__/* .imageName */ .tO)(image)} cannot be scanned.`);
            }
            this.waiting.set(image, promise);
        }
        for (const image of images) {
            if (this.waiting.has(image) && observations.get(image)?.isMissing)
                await this.explain(image);
        }
        return allScanned;
    }
    /**
     * Once per repository. Where it is certain that no scan of its images will ever be visible, that is their error.
     * @throws GateError that error, if it ends the wait for all images
     */
    async explain(image) {
        const repository = `${image.registry.host}/${image.repository}`;
        const known = this.neverScanned.get(repository);
        if (known !== undefined)
            this.reject(image, known);
        if (this.possibleReasons.has(repository))
            return;
        this.possibleReasons.set(repository, undefined);
        const { error, possibleReason } = await this.scanner.explainMissingScan(image);
        if (error !== undefined) {
            if (!this.options.each)
                throw error;
            this.neverScanned.set(repository, error);
            this.reject(image, error);
            return;
        }
        this.possibleReasons.set(repository, possibleReason);
        if (possibleReason !== undefined)
            this.options.log(`No scan is visible yet. ${possibleReason}`);
    }
    /** Logs a line when something has changed, and otherwise every 30 s. */
    logProgress() {
        const { clock, deadline, log } = this.options;
        const progress = this.progress();
        if (progress === this.logged.progress && clock.now() - this.logged.at < HEARTBEAT_MS)
            return;
        this.logged = { progress, at: clock.now() };
        log(`Waiting for the scan: ${progress} (${(0,_time_js__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a3)(deadline.elapsedMs())} so far, at most ${(0,_time_js__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a3)(deadline.totalMs)})`);
    }
    /** How many images are scanned, and why the others are not; it does not depend on the order of the queue. */
    progress() {
        const byReason = Map.groupBy(this.waiting.keys(), (image) => this.reasons.get(image) ?? 'not observed yet');
        const parts = [...byReason]
            .map(([reason, [image, ...others]]) => image !== undefined && others.length === 0
            ? `${(0,_image_resolve_js__WEBPACK_IMPORTED_MODULE_3__/* .imageName */ .tO)(image)}: ${reason}`
            : `${others.length + 1} images: ${reason}`)
            .sort();
        return [`${this.total - this.waiting.size} of ${this.total} scanned`, ...parts].join('; ');
    }
    notScannedInTime(image) {
        const { deadline } = this.options;
        if (!deadline.expired)
            return (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .interrupted */ .VM)(deadline, 'waiting for the scan');
        const reason = this.reasons.get(image) ?? 'AWS did not report the state of its scan';
        const possible = this.possibleReasons.get(`${image.registry.host}/${image.repository}`);
        return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('timeout', `${(0,_image_resolve_js__WEBPACK_IMPORTED_MODULE_3__/* .imageName */ .tO)(image)} was not scanned within ${(0,_time_js__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a3)(deadline.totalMs)}: ${reason}.${possible === undefined ? '' : ` ${possible}`}`, {
            nextStep: 'Raise the input timeout, or look in the Amazon Inspector console for the reason why the scan does not finish.',
        });
    }
}
/** The error for an image that cannot be scanned. */
function unscannable(image, { reason, nextStep }) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('unscannable', `${(0,_image_resolve_js__WEBPACK_IMPORTED_MODULE_3__/* .imageName */ .tO)(image)} is not scanned: ${reason}.`, {
        nextStep: image.platform === _image_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .NO_PLATFORM */ .od ? nextStep : `${nextStep} ${_image_resolve_js__WEBPACK_IMPORTED_MODULE_3__/* .DEPLOYED_PLATFORM */ .X4}`,
    });
}


/***/ })

};

export const id = 4140;
export const ids = [4140,1759];
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

/***/ 64140:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  withAdvice: () => (/* binding */ withAdvice)
});

// EXTERNAL MODULE: ./aws/clients.js + 2 modules
var aws_clients = __webpack_require__(74062);
// EXTERNAL MODULE: ./aws/errors.js
var errors = __webpack_require__(17180);
// EXTERNAL MODULE: ./deadline.js
var deadline_0 = __webpack_require__(42625);
// EXTERNAL MODULE: ./errors.js
var errors_0 = __webpack_require__(75650);
// EXTERNAL MODULE: ./image/layers.js
var image_layers = __webpack_require__(7049);
// EXTERNAL MODULE: ./image/manifest.js
var manifest = __webpack_require__(84858);
// EXTERNAL MODULE: ./image/origins.js
var origins = __webpack_require__(29804);
// EXTERNAL MODULE: ./image/platform.js
var image_platform = __webpack_require__(66740);
// EXTERNAL MODULE: ./image/reference.js
var image_reference = __webpack_require__(90274);
;// CONCATENATED MODULE: ./image/base-tags.js





/** The most images of a repository that are compared with the layers of an image. */
const MOST_CANDIDATES = 200;
/** The base image that a reference names; undefined if it has no tag. */
function baseTagOf({ registry, repository, tag, digest }, named) {
    if (tag === undefined)
        return undefined;
    return { registry, repository, tag, digest, named, text: `${registry.host}/${repository}:${tag}` };
}
/**
 * Reads the platforms of an image, and the base images that it names in its annotations.
 * @returns undefined if a platform is unknown, or if its config contradicts its index
 * @throws GateError, LayersUnknown if a manifest or a config cannot be read
 */
async function readBuilt(image, source) {
    const { registry, repository, digest } = image;
    const wanted = new Set([digest, ...image.platforms.map((platform) => platform.digest)]);
    const texts = await source.images.manifests(registry, repository, [...wanted]);
    const manifests = new Map([...texts].map(([key, text]) => [key, (0,manifest/* parseManifest */.Ng)(key, text)]));
    const stated = new Map();
    const platforms = [];
    for (const { digest: child, platform: listed, pushedAt } of image.platforms) {
        const manifest = manifests.get(child);
        if (manifest?.kind !== 'image')
            return undefined;
        const config = await (0,origins/* readConfig */.Xg)(registry, repository, manifest, source);
        const platform = config && nameOf(config);
        if (platform === undefined || config === undefined)
            return undefined;
        if (listed !== image_platform/* NO_PLATFORM */.od && !listed.split(', ').includes(platform))
            return undefined;
        const { layerDigests } = manifest;
        platforms.push({ digest: child, pushedAt, platform, layerDigests, diffIds: config.diffIds });
        const base = statedTag(manifest, manifests.get(digest), registry);
        if (base !== undefined)
            stated.set(`${base.text}@${base.digest}`, base);
    }
    return { platforms, stated: [...stated.values()] };
}
/** The tag that annotations name, in the image's own registry. */
function statedTag(manifest, top, registry) {
    const { name, digest } = (0,origins/* statedBaseOf */._5)(manifest, top) ?? {};
    if (name === undefined)
        return undefined;
    try {
        const reference = (0,image_reference/* parseReference */.F2)(name);
        if (reference.registry.host !== registry.host)
            return undefined;
        return baseTagOf({ ...reference, digest: digest ?? reference.digest }, false);
    }
    catch {
        return undefined;
    }
}
/** The repository of a base image: what it lists, and what was read of it. */
class BaseRepository {
    listing;
    registry;
    repository;
    source;
    manifests = new Map();
    configs = new Map();
    constructor(registry, repository, listing, source) {
        this.registry = registry;
        this.repository = repository;
        this.listing = listing;
        this.source = source;
    }
    /**
     * What each platform of an image is built on, by its digest; undefined if the layers do not show it for every
     * platform. An image starts with all layers of its base image and adds others. If it starts with the layers of
     * several images of the repository, its base image is the one with the most layers, but not with more layers than the
     * image that the tag points at now, because such an image could itself be built on the base image.
     */
    async basesOf({ registry, repository }, platforms, base) {
        const tagged = this.listing.tagged.get(base.tag);
        if (tagged === undefined)
            return undefined;
        // The repository then also contains releases of the image, which have most of its layers.
        const isOwn = (0,image_reference/* plainName */.MH)(registry, repository) === (0,image_reference/* plainName */.MH)(base.registry, base.repository);
        const found = new Map();
        for (const platform of platforms) {
            const now = await this.childOf(tagged.digest, platform.platform);
            if (now === undefined)
                return undefined;
            const isCurrent = (0,image_layers/* isBuiltOn */.Kj)(platform, now);
            const candidates = isCurrent
                ? [now]
                : base.digest !== undefined && this.listing.images.has(base.digest)
                    ? [await this.childOf(base.digest, platform.platform)]
                    : isOwn
                        ? []
                        : await this.candidates(platform.pushedAt);
            const most = now.layerDigests.length;
            const built = candidates.flatMap((candidate) => {
                if (candidate === undefined || !(0,image_layers/* isBuiltOn */.Kj)(platform, candidate))
                    return [];
                const layerCount = candidate.layerDigests.length;
                const pushedAt = this.listing.images.get(candidate.digest)?.pushedAt;
                return pushedAt === undefined || layerCount > most ? [] : [{ layerCount, pushedAt }];
            });
            const [longest] = built.sort((a, b) => b.layerCount - a.layerCount || b.pushedAt.getTime() - a.pushedAt.getTime());
            if (longest === undefined)
                return undefined;
            found.set(platform.digest, { ...longest, layers: ownLayers(platform, longest.layerCount), isCurrent });
        }
        return found;
    }
    /** The image of one platform behind a digest of the repository; undefined if it is not certain. */
    async childOf(top, platform) {
        await this.read([top]);
        const manifest = this.manifests.get(top);
        if (manifest === undefined)
            return undefined;
        const digests = manifest.kind === 'image'
            ? [top]
            : manifest.children.flatMap((child) => !child.isForNoPlatform && (0,image_platform/* platformName */.$r)(child.platform) === platform ? [child.digest] : []);
        const [digest, ...others] = new Set(digests);
        if (digest === undefined || others.length > 0)
            return undefined;
        await this.read([digest]);
        const child = this.manifests.get(digest);
        if (child?.kind !== 'image')
            return undefined;
        const known = this.configs.get(digest) ?? (0,origins/* readConfig */.Xg)(this.registry, this.repository, child, this.source);
        this.configs.set(digest, known);
        const config = await known;
        return config !== undefined && nameOf(config) === platform ? child : undefined;
    }
    /** Images that an image may be built on. Those that were pushed before it come first, latest first. */
    async candidates(pushedAt) {
        const ordered = [...this.listing.images.values()]
            .filter(({ mediaType = '' }) => !/index|list/.test(mediaType))
            .sort((a, b) => later(a, pushedAt) - later(b, pushedAt) || b.pushedAt.getTime() - a.pushedAt.getTime());
        const digests = ordered.slice(0, MOST_CANDIDATES).map(({ digest }) => digest);
        await this.read(digests);
        return digests.flatMap((digest) => {
            const manifest = this.manifests.get(digest);
            return manifest?.kind === 'image' ? [manifest] : [];
        });
    }
    /** Reads manifests that the repository lists, each once. One that cannot be read as a manifest is left out. */
    async read(digests) {
        const missing = digests.filter((digest) => !this.manifests.has(digest) && this.listing.images.has(digest));
        if (missing.length === 0)
            return;
        const texts = await this.source.images.manifests(this.registry, this.repository, missing);
        for (const digest of missing) {
            const text = texts.get(digest);
            this.manifests.set(digest, text === undefined ? undefined : parsed(digest, text));
        }
    }
}
function parsed(digest, text) {
    try {
        return (0,manifest/* parseManifest */.Ng)(digest, text);
    }
    catch {
        return undefined;
    }
}
function later({ pushedAt }, than) {
    return pushedAt > than ? 1 : 0;
}
/** The digests of the lowest layers, without any that is also further up. */
function ownLayers({ layerDigests }, count) {
    const above = new Set(layerDigests.slice(count));
    return new Set(layerDigests.slice(0, count).flatMap((digest) => (above.has(digest) ? [] : (digest ?? []))));
}
/** The platform that a config states; undefined if it does not state one. */
function nameOf({ platform }) {
    return platform?.os === undefined || platform.architecture === undefined
        ? undefined
        : (0,image_platform/* platformName */.$r)(platform);
}

// EXTERNAL MODULE: ./image/configs.js
var configs = __webpack_require__(95976);
// EXTERNAL MODULE: ./image/ecr.js
var ecr = __webpack_require__(95241);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeImagesCommand.js
var DescribeImagesCommand = __webpack_require__(98);
// EXTERNAL MODULE: ../node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(37728);
// EXTERNAL MODULE: ./aws/checked.js
var checked = __webpack_require__(66002);
// EXTERNAL MODULE: ./aws/pages.js
var aws_pages = __webpack_require__(13791);
;// CONCATENATED MODULE: ./image/listing.js
/** Lists the images of a repository with their tags. Only advice uses it, so an incomplete list affects no verdict. */







/** The most images of one page (ECR service model). */
const PAGE = 1_000;
/** The most pages that are read. */
const MOST_PAGES = 5;
const DESCRIBE = 'ecr:DescribeImages';
const Page = dist/* object */.Ikc({
    imageDetails: dist/* array */.YOg(dist/* object */.Ikc({
        imageDigest: dist/* custom */.IeY((value) => typeof value === 'string' && (0,image_reference/* isDigest */.Bc)(value)),
        imagePushedAt: dist/* date */.p6U(),
        imageStatus: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())),
        imageTags: dist/* optional */.lqM(dist/* nullable */.mee(dist/* array */.YOg(dist/* string */.YjP()))),
        imageManifestMediaType: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())),
    })),
    nextToken: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())),
});
/**
 * Lists all images of a repository.
 * @throws MalformedAnswer if the list has more than 5,000 images, or if two records of a digest or a tag contradict
 *   each other; GateError as `translate` makes it
 */
async function listImages(clients, deadline, registry, repository) {
    let pages = 0;
    const all = await (0,aws_pages/* allPages */.S)(DESCRIBE, async (nextToken) => {
        pages += 1;
        if (pages > MOST_PAGES) {
            throw new errors/* MalformedAnswer */.ol(`${repository} has more images than the ${MOST_PAGES * PAGE} that are read`);
        }
        const command = new DescribeImagesCommand/* DescribeImagesCommand */.j({
            registryId: registry.account,
            repositoryName: repository,
            maxResults: PAGE,
            nextToken,
        });
        try {
            const answer = await clients.ecr(registry).send(command, { abortSignal: deadline.signal });
            const page = (0,checked/* checked */.K)(Page, answer, DESCRIBE);
            return { items: page.imageDetails, nextToken: page.nextToken ?? undefined };
        }
        catch (error) {
            throw (0,errors/* translate */.Tl)(error, { action: DESCRIBE, resource: (0,image_reference/* repositoryArn */.qM)(registry, repository) }, deadline);
        }
    });
    const images = new Map();
    const tagged = new Map();
    for (const { imageDigest, imagePushedAt, imageStatus, imageTags, imageManifestMediaType } of all) {
        const image = {
            digest: imageDigest,
            pushedAt: imagePushedAt,
            status: imageStatus ?? undefined,
            tags: [...new Set(imageTags ?? [])].sort(),
            mediaType: imageManifestMediaType ?? undefined,
        };
        const known = images.get(imageDigest);
        if (known !== undefined && !(0,external_node_util_.isDeepStrictEqual)(known, image)) {
            throw new errors/* MalformedAnswer */.ol(`${DESCRIBE} described ${imageDigest} twice, with different values`);
        }
        images.set(imageDigest, image);
        for (const tag of image.tags) {
            const other = tagged.get(tag);
            if (other !== undefined && other.digest !== imageDigest) {
                throw new errors/* MalformedAnswer */.ol(`${DESCRIBE} described two images with the tag ${tag}`);
            }
            tagged.set(tag, image);
        }
    }
    return { images, tagged };
}

// EXTERNAL MODULE: ./image/resolve.js
var resolve = __webpack_require__(48647);
// EXTERNAL MODULE: ./policy/details.js
var details = __webpack_require__(66702);
// EXTERNAL MODULE: ./policy/evaluate.js
var evaluate = __webpack_require__(36925);
// EXTERNAL MODULE: ./remedies/rebuild.js
var rebuild = __webpack_require__(72549);
// EXTERNAL MODULE: ./scan/details.js
var scan_details = __webpack_require__(59765);
// EXTERNAL MODULE: ./scan/inspector.js + 2 modules
var inspector = __webpack_require__(10694);
// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
// EXTERNAL MODULE: ./scan/age.js
var age = __webpack_require__(29988);
// EXTERNAL MODULE: ./scan/settle.js
var settle = __webpack_require__(61424);
;// CONCATENATED MODULE: ./scan/once.js



/** Any finding that is missing can change the advice. */
const ANY = { canBlock: () => true, alwaysBlocks: () => false };
/**
 * The findings of an image whose scan has ended, has settled and is current, by the answers of both services; otherwise the
 * reason why they are unknown, which may quote AWS. For each severity, ECR must not count more
 * findings than Inspector lists.
 * @throws MalformedAnswer, GateError if the services cannot be read
 */
async function readSettled(image, scanner) {
    const observation = (await scanner.observe([image], true)).get(image);
    const now = scanner.serviceTime(image);
    if (observation === undefined)
        return { unknown: 'the state of its scan is unknown' };
    const { state } = observation;
    if (state.kind !== 'scanned')
        return { unknown: `it is not scanned: ${state.reason}` };
    const { scannedAt } = state;
    if ((0,age/* staleScan */.h3)([state], now) !== undefined) {
        const age = (0,time/* formatAge */.nV)(now.getTime() - scannedAt.getTime());
        return { unknown: `it was last scanned ${age} ago and is not scanned continuously` };
    }
    if (!(0,settle/* isLongFinished */.N4)(scannedAt, now))
        return { unknown: 'its scan has only just ended' };
    const findings = await scanner.findings(image);
    const counted = observation.countedByEcr ?? (await scanner.countedByEcr(image));
    const contradiction = (0,settle/* ecrContradiction */.uP)(findings, counted, ANY);
    return contradiction === undefined ? { findings } : { unknown: contradiction };
}

// EXTERNAL MODULE: ./versions/distributions.js
var distributions = __webpack_require__(84540);
;// CONCATENATED MODULE: ./versions/tags.js
/** Tags of images: which tag is the newest of the same line. Only certain results. */

/** The most characters of a tag (OCI distribution specification). */
const LONGEST = 128;
/**
 * The newest tag of the same line that is newer than a tag; undefined if there is none, or if the line is not certain. The
 * tags of a line have the same number of numbers, the same text around them, and the same major version:
 * `22.14-bookworm-slim` is newer than `22.11-bookworm-slim`, and neither `22.14.0-bookworm-slim`, `22.14-slim` nor
 * `23.1-bookworm-slim` is of its line. The major version of a distribution is its release (`3.20` of Alpine, `22.04` of
 * Ubuntu), and before version 1 it has two numbers. A codename with a date is a line (`bookworm-20261123-slim`). Pre-releases
 * have no line.
 * @param repository its name, which tells the tags of a distribution
 */
function newestOfLine(tag, tags, repository) {
    const own = parse(tag, repository);
    if (own === undefined)
        return undefined;
    let newest;
    for (const candidate of tags) {
        const version = parse(candidate, repository);
        if (version === undefined || version.line !== own.line)
            continue;
        if (version.numbers.length !== own.numbers.length || !isSameMajor(version, own))
            continue;
        if (compare(version, newest?.version ?? own) > 0)
            newest = { tag: candidate, version };
    }
    return newest?.tag;
}
function isSameMajor(version, own) {
    return own.numbers.slice(0, own.fixed).every((number, at) => version.numbers[at] === number);
}
function compare(a, b) {
    for (const [at, number] of a.numbers.entries()) {
        const difference = number - (b.numbers[at] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return 0;
}
// Parts of a suffix that mark what is not a release.
const PRE_RELEASE = /^(?:a|alpha|b|beta|c|cr|rc|m|milestone|pre|preview|prerelease|ea|dev|devel|nightly|snapshot|canary|next|test|testing|experimental|edge|unstable|insiders?)\d*$/i;
function parse(tag, repository) {
    if (tag.length > LONGEST)
        return undefined;
    const [, codename = '', day = '', again = '', dated = ''] = /^([a-z]+)-(\d{8})(?:\.(\d{1,3}))?((?:-[A-Za-z0-9._-]*)?)$/.exec(tag) ?? [];
    if ((0,distributions/* isCodename */.f0)(codename) && !isPreRelease(dated)) {
        return { line: `${codename}-*${dated}`, numbers: [0, Number(day), Number(again || 0)], fixed: 1 };
    }
    const [, prefix = '', version = '', suffix = ''] = /^(v?)(\d{1,9}(?:\.\d{1,9}){1,3})((?:-[A-Za-z0-9._-]*)?)$/.exec(tag) ?? [];
    if (version === '' || isPreRelease(suffix))
        return undefined;
    const numbers = version.split('.').map(Number);
    return { line: `${prefix}*${suffix}`, numbers, fixed: fixedNumbers(version, numbers, repository) };
}
function isPreRelease(suffix) {
    return suffix.split(/[-._]/).some((part) => PRE_RELEASE.test(part));
}
/** How many numbers the major version has. */
function fixedNumbers(version, [first], repository) {
    const words = (repository.split('/').at(-1) ?? '').split(/[-_.]/);
    const precisions = words.flatMap((word) => (0,distributions/* releasePrecision */.U8)(word) ?? []);
    // Releases of Ubuntu, whatever the repository is called.
    const calendar = /^\d\d\.(?:04|10)(?:\.|$)/.test(version) ? 2 : 1;
    return Math.max(calendar, first === 0 ? 2 : 1, ...precisions);
}

;// CONCATENATED MODULE: ./modes/advice.js
/**
 * Advice about base images: whether a newer one is in ECR, and what a rebuild on it changes. It is made after the verdicts,
 * with clients and a deadline of its own, and changes nothing but the report.
 */



















/** The longest time that advice may take, and the time of the run that it does not use. */
const ADVICE_MS = 20_000;
const RESERVE_MS = 3_000;
/** The most images that get advice. */
const MOST_IMAGES = 10;
/** The most findings of a base image that are compared. */
const MOST_FINDINGS = 20_000;
/**
 * The advice about the base images of the images that are blocked or have warnings. It ends before the deadline of the run:
 * there is no advice where the data cannot be read in time.
 */
async function adviceFor(images, given) {
    const found = new Map();
    const { context } = given;
    const wanted = images.filter((one) => isAdvisable(one, given)).slice(0, MOST_IMAGES);
    const budgetMs = Math.min(ADVICE_MS, context.deadline.remainingMs() - RESERVE_MS);
    if (wanted.length === 0 || budgetMs <= 0 || context.deadline.signal.aborted)
        return found;
    const deadline = (0,deadline_0/* startDeadline */.db)(budgetMs, context.clock, context.deadline.signal);
    const { environment, awsHandler: handler } = context;
    const clients = (0,aws_clients/* createClients */.hP)(deadline, { log: () => { }, environment, handler });
    try {
        const work = adviseAll(wanted, given, clients, deadline, found);
        // If it fails after the deadline, the failure must not be an unhandled rejection.
        work.catch(() => { });
        await Promise.race([work, over(deadline)]);
    }
    finally {
        deadline.clear();
        clients.destroy();
    }
    // Work that is still running must not add to the report.
    return new Map(found);
}
/**
 * The reports with their advice. It never rejects.
 * @param images in the order of the reports
 */
async function withAdvice(images, reports, given) {
    const pairs = reports.flatMap((report, at) => {
        const image = images[at];
        return image !== undefined && (0,resolve/* isResolved */.ZY)(image) ? [{ image, report }] : [];
    });
    const found = await adviceFor(pairs, given).catch((error) => {
        given.context.log(`No advice about base images: ${(0,errors_0/* messageOf */.bD)(error)}`);
        return new Map();
    });
    const adviceOf = new Map(pairs.map(({ image, report }) => [report, found.get(image)]));
    return reports.map((report) => {
        const advice = adviceOf.get(report);
        return advice === undefined ? report : { ...report, advice };
    });
}
/** Resolves when the deadline has expired or the job is cancelled. */
function over({ signal }) {
    return new Promise((resolve) => {
        if (signal.aborted)
            resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
    });
}
/** Whether an image has a verdict that can get better, findings in known layers (basic scanning names none), and a named base image. */
function isAdvisable({ image, report }, { inputs, bases }) {
    const { outcome, baseImages = [] } = report;
    if (outcome.kind !== 'judged' || outcome.verdict.verdict === 'pass')
        return false;
    const findings = bases.get(image)?.findings ?? [];
    const isPlaced = findings.some(({ packages }) => packages.some(({ layer }) => layer !== undefined));
    return isPlaced && (inputs.baseImages.some(({ tag }) => tag !== undefined) || baseImages.length > 0);
}
async function adviseAll(wanted, given, clients, deadline, found) {
    const { context } = given;
    const source = {
        images: (0,ecr/* ecrImages */.D)(clients, deadline),
        configs: (0,configs/* ecrConfigs */.KI)(clients, deadline, context.environment),
    };
    const advisor = new Advisor(given, clients, deadline, source);
    for (const one of wanted) {
        if (deadline.signal.aborted)
            return;
        try {
            const advice = await advisor.advise(one);
            if (advice !== undefined && !deadline.signal.aborted)
                found.set(one.image, advice);
        }
        catch (error) {
            context.log(`No advice about the base image of ${one.image.uri}: ${(0,errors_0/* messageOf */.bD)(error)}`);
        }
    }
}
class Advisor {
    given;
    clients;
    deadline;
    source;
    scanner;
    /** Each repository is listed once. */
    repositories = new Map();
    constructor(given, clients, deadline, source) {
        this.given = given;
        this.clients = clients;
        this.deadline = deadline;
        this.source = source;
        this.scanner = (0,inspector/* inspectorScanner */.O)(clients, deadline);
    }
    async advise({ image, report }) {
        const built = await readBuilt(image, this.source);
        if (built === undefined)
            return undefined;
        const { platforms, stated } = built;
        const named = this.given.inputs.baseImages.flatMap((reference) => baseTagOf(reference, true) ?? []);
        const located = await this.locate(image, platforms, [...named, ...stated]);
        if (located === undefined)
            return undefined;
        const { base, tagged, repository, builtOn } = located;
        const isCurrent = platforms.every(({ digest }) => builtOn.get(digest)?.isCurrent);
        const about = { image, report, platforms, located };
        const newer = [];
        if (!isCurrent)
            newer.push(...(await this.compare('same-tag', base.tag, tagged, about)));
        const tag = newestOfLine(base.tag, repository.listing.tagged.keys(), base.repository);
        const next = tag === undefined ? undefined : repository.listing.tagged.get(tag);
        if (tag !== undefined && next !== undefined && next.digest !== tagged.digest) {
            newer.push(...(await this.compare('newer-tag', tag, next, about)));
        }
        return { ...this.dated(base, tagged), base: base.text, named: base.named, isCurrent, newer };
    }
    /** The base image from which the image has the most layers. Those that cannot be read do not hide the others. */
    async locate(image, platforms, tags) {
        const failures = [];
        let best;
        for (const base of tags) {
            try {
                const repository = await this.repositoryOf(base);
                const builtOn = await repository.basesOf(image, platforms, base);
                const tagged = repository.listing.tagged.get(base.tag);
                if (builtOn === undefined || tagged === undefined)
                    continue;
                const layers = [...builtOn.values()].reduce((sum, { layerCount }) => sum + layerCount, 0);
                if (layers > (best?.layers ?? 0))
                    best = { base, tagged, repository, builtOn, layers };
            }
            catch (error) {
                failures.push(error);
            }
        }
        if (best === undefined && failures.length > 0)
            throw failures[0];
        return best;
    }
    repositoryOf({ registry, repository }) {
        const key = `${registry.host}/${repository}`;
        const known = this.repositories.get(key) ??
            (0,origins/* once */.Oo)(async () => new BaseRepository(registry, repository, await listImages(this.clients, this.deadline, registry, repository), this.source));
        this.repositories.set(key, known);
        return known();
    }
    /** What a rebuild on a newer base image changes; nothing where it does not make the verdict better. */
    async compare(kind, tag, listed, about) {
        const { image, report, platforms, located } = about;
        const { base, repository, builtOn } = located;
        const basis = this.given.bases.get(image);
        if (report.outcome.kind !== 'judged' || basis === undefined)
            return [];
        const known = {
            ...this.dated(base, listed),
            kind,
            reference: `${base.registry.host}/${base.repository}:${tag}`,
        };
        const unknown = (why) => [{ ...known, change: undefined, unknown: why }];
        const bases = new Map();
        for (const platform of platforms) {
            const own = builtOn.get(platform.digest);
            if (own === undefined)
                return [];
            const child = await repository.childOf(listed.digest, platform.platform);
            const detail = child && repository.listing.images.get(child.digest);
            if (child === undefined || detail === undefined) {
                return unknown(`ECR has no image of it for ${platform.platform}`);
            }
            if ((0,image_layers/* isBuiltOn */.Kj)(platform, child)) {
                bases.set(platform.digest, { layers: own.layers, newer: undefined });
                continue;
            }
            // A tag can also be moved back to an earlier image.
            if (kind === 'same-tag' && !(detail.pushedAt > own.pushedAt))
                return [];
            const { digest, pushedAt, status } = detail;
            const { registry } = base;
            const scanned = { registry, repository: base.repository, platform: platform.platform };
            const findings = await this.findingsOf({ ...scanned, digest, pushedAt, status });
            if (typeof findings === 'string')
                return unknown(findings);
            bases.set(platform.digest, { layers: own.layers, newer: findings });
        }
        const { policy } = this.given.settings;
        const { findings, evaluation } = basis;
        const moved = await this.asOfImage(image, base, bases, basis);
        const judge = (some) => (0,evaluate/* evaluate */._)(some, policy, evaluation);
        const change = (0,rebuild/* compareBases */.K)(findings, moved, report.outcome.verdict, judge);
        return change === undefined ? [] : [{ ...known, change, unknown: undefined }];
    }
    /** The findings of a base image, or why they are unknown. */
    async findingsOf(image) {
        try {
            const { findings, unknown } = await readSettled(image, this.scanner);
            if (findings === undefined)
                return unknown;
            return findings.length > MOST_FINDINGS ? `it has more than ${MOST_FINDINGS} findings` : findings;
        }
        catch (error) {
            if (error instanceof errors/* MalformedAnswer */.ol)
                return error.message;
            throw error;
        }
    }
    /** Findings of base images as findings of the image, with the exploit data that the policy needs. */
    async asOfImage(image, { registry }, bases, { findings, evaluation }) {
        const configs = new Map(findings.map(({ digest, configPlatform }) => [digest, configPlatform]));
        // Where configs were read for the others, a platform without findings has one that is unknown here.
        const otherwise = findings.some(({ configPlatform }) => configPlatform !== undefined)
            ? 'unknown'
            : undefined;
        const names = new Map(image.platforms.map(({ digest, platform }) => [digest, platform]));
        const moved = new Map();
        for (const [digest, base] of bases) {
            const own = base.newer?.map((finding) => ({
                ...finding,
                digest,
                platform: names.get(digest) ?? finding.platform,
                configPlatform: configs.get(digest) ?? otherwise,
            }));
            const asked = (0,details/* findingsNeedingDetails */.R)(own ?? [], this.given.settings.policy, evaluation);
            const { findings: detailed } = await (0,scan_details/* withDetails */.F)(asked, registry, this.clients, this.deadline);
            const answered = new Map(asked.map((finding, at) => [finding, detailed[at] ?? finding]));
            moved.set(digest, { ...base, newer: own?.map((finding) => answered.get(finding) ?? finding) });
        }
        return moved;
    }
    /**
     * What a tag points at, and since when ECR has it.
     * @throws MalformedAnswer if that is in the future
     */
    dated({ registry }, { digest, pushedAt }) {
        const now = this.clients.serviceTime(registry);
        if (now === undefined || !(pushedAt.getTime() - now.getTime() <= time/* CLOCK_SKEW_MS */.rn)) {
            throw new errors/* MalformedAnswer */.ol(`ecr:DescribeImages reports a push of ${digest} at an unknown time`);
        }
        return { digest, pushedAt };
    }
}


/***/ }),

/***/ 72549:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ compareBases),
/* harmony export */   c: () => (/* binding */ verdictAfter)
/* harmony export */ });
/* harmony import */ var _results_order_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58928);

/**
 * What a rebuild on a newer base image changes, all platforms together; undefined if it does not make the verdict
 * better, if a platform of the image has no base, or if the two lists contradict each other.
 *
 * - A finding is resolved if, on every platform that has it, all of its packages are in layers of the base image, and the
 *   newer base image has no open finding of this vulnerability, in whatever package, under any of its names. A suppressed
 *   finding is an open one.
 * - A finding of the newer base image is added unless the image keeps a finding of the same vulnerability that is at least as
 *   severe and has at least the same effect.
 * @param findings all findings of the image, as they were judged
 * @param bases by the digest of the platform image
 * @param before the verdict on `findings`
 * @param judge judges findings of the image in the same way
 */
function compareBases(findings, bases, before, judge) {
    const present = findings.filter(isOpen);
    if (present.some(({ digest }) => !bases.has(digest)))
        return undefined;
    const newer = [...bases.values()].flatMap(({ newer: list = [] }) => list.filter(isOpen));
    const known = new Set(findings.map(({ id }) => id));
    // The ids tell which findings a rebuild adds.
    if (newer.some(({ id }) => known.has(id)))
        return undefined;
    const names = new Set(newer.flatMap(namesOf));
    const isGone = (finding) => {
        const base = bases.get(finding.digest);
        if (base?.newer === undefined || finding.packages.length === 0)
            return false;
        return (finding.packages.every(({ layer }) => layer !== undefined && base.layers.has(layer)) &&
            !namesOf(finding).some((name) => names.has(name)));
    };
    const byId = Map.groupBy(present, ({ id }) => id);
    const membersOf = ({ ids }) => ids.flatMap((id) => byId.get(id) ?? []);
    const resolves = before.judged.filter((judged) => {
        const members = membersOf(judged);
        return members.length > 0 && members.every(isGone);
    });
    const removed = new Set(resolves.flatMap(membersOf));
    const kept = findings.filter((finding) => !removed.has(finding));
    const effects = effectsIn(judge([...kept, ...newer]));
    // Of findings with the same id, it is not certain which effect is whose.
    const sure = kept.filter((finding) => isOpen(finding) && byId.get(finding.id)?.length === 1);
    const strictness = strictnessOf(sure, effects);
    const isCovered = (finding) => namesOf(finding).some((name) => strictness
        .get(name)
        ?.slice(rank(effects.get(finding.id)))
        .some((order) => order <= (0,_results_order_js__WEBPACK_IMPORTED_MODULE_0__/* .severityOrder */ .IY)(finding.severity)));
    const added = newer.filter((finding) => !isCovered(finding));
    const after = judge([...kept, ...added]);
    const addedIds = new Set(added.map(({ id }) => id));
    const adds = after.judged.filter(({ ids }) => ids.every((id) => addedIds.has(id)));
    if (!isBetter(after, before))
        return undefined;
    return { resolves, adds, verdict: after.verdict, exceededLimits: after.exceededLimits };
}
/**
 * The verdict by today's findings after a rebuild, for the plan of what is left to do. What does not depend on the findings
 * that are judged stays as it is.
 */
function verdictAfter(verdict, change) {
    const gone = new Set(change.resolves);
    const judged = [...verdict.judged.filter((finding) => !gone.has(finding)), ...change.adds];
    return {
        ...verdict,
        verdict: change.verdict,
        judged,
        blocking: judged.filter(({ effect }) => effect === 'block').length,
        exceededLimits: change.exceededLimits,
    };
}
function isOpen({ status }) {
    return status !== 'CLOSED';
}
/** For each name of a vulnerability, and each effect, where the worst severity of its findings stands in the order. */
function strictnessOf(findings, effects) {
    const found = new Map();
    for (const finding of findings) {
        const at = rank(effects.get(finding.id));
        for (const name of namesOf(finding)) {
            const orders = found.get(name) ?? RANK.map(() => Number.POSITIVE_INFINITY);
            orders[at] = Math.min(orders[at] ?? Number.POSITIVE_INFINITY, (0,_results_order_js__WEBPACK_IMPORTED_MODULE_0__/* .severityOrder */ .IY)(finding.severity));
            found.set(name, orders);
        }
    }
    return found;
}
/** The names of a vulnerability, such as its CVE and its GHSA, on one platform image. */
function namesOf({ digest, vulnerabilityId, relatedIds }) {
    const names = [vulnerabilityId, ...relatedIds].map((name) => name.trim().toUpperCase());
    return [...new Set(names)].map((name) => `${digest} ${name}`);
}
const RANK = [undefined, 'allow', 'warn', 'block'];
/** Where an effect stands, 0 for a finding that is not judged. */
function rank(effect) {
    return RANK.indexOf(effect);
}
/** The effect of each finding by its id, the worst of several; none for what is not judged. */
function effectsIn({ judged }) {
    const effects = new Map();
    for (const { ids, effect } of judged) {
        for (const id of ids)
            if (rank(effect) > rank(effects.get(id)))
                effects.set(id, effect);
    }
    return effects;
}
/**
 * Whether a verdict is better: fewer findings block or limits are exceeded by less, and neither gets worse. Of an image that
 * is not blocked: whether fewer findings warn, and none blocks.
 */
function isBetter(after, before) {
    const [now, then] = [weigh(after), weigh(before)];
    if (now.blocking > then.blocking || now.excess > then.excess)
        return false;
    if (before.verdict === 'block')
        return now.blocking < then.blocking || now.excess < then.excess;
    return now.warning < then.warning;
}
function weigh({ judged, blocking, exceededLimits }) {
    return {
        blocking,
        excess: exceededLimits.reduce((sum, { allowed, found }) => sum + found - allowed, 0),
        warning: judged.filter(({ effect }) => effect === 'warn').length,
    };
}


/***/ })

};

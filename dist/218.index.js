export const id = 218;
export const ids = [218];
export const modules = {

/***/ 218:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  withAdvice: () => (/* binding */ withAdvice)
});

// EXTERNAL MODULE: ./lib/aws/clients.js + 2 modules
var aws_clients = __webpack_require__(5476);
// EXTERNAL MODULE: ./lib/aws/errors.js
var errors = __webpack_require__(6762);
// EXTERNAL MODULE: ./lib/deadline.js
var lib_deadline = __webpack_require__(4611);
// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/image/layers.js
var image_layers = __webpack_require__(6415);
// EXTERNAL MODULE: ./lib/image/manifest.js
var manifest = __webpack_require__(4252);
// EXTERNAL MODULE: ./lib/image/origins.js
var origins = __webpack_require__(4317);
// EXTERNAL MODULE: ./lib/image/platform.js
var image_platform = __webpack_require__(8758);
// EXTERNAL MODULE: ./lib/image/reference.js
var image_reference = __webpack_require__(8424);
;// CONCATENATED MODULE: ./lib/image/base-tags.js





const MOST_CANDIDATES = 200;
function baseTagOf({ registry, repository, tag, digest }, named) {
    if (tag === undefined)
        return undefined;
    return { registry, repository, tag, digest, named, text: `${registry.host}/${repository}:${tag}` };
}
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
    async basesOf({ registry, repository }, platforms, base) {
        const tagged = this.listing.tagged.get(base.tag);
        if (tagged === undefined)
            return undefined;
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
function ownLayers({ layerDigests }, count) {
    const above = new Set(layerDigests.slice(count));
    return new Set(layerDigests.slice(0, count).flatMap((digest) => (above.has(digest) ? [] : (digest ?? []))));
}
function nameOf({ platform }) {
    return platform?.os === undefined || platform.architecture === undefined
        ? undefined
        : (0,image_platform/* platformName */.$r)(platform);
}

// EXTERNAL MODULE: ./lib/image/configs.js
var configs = __webpack_require__(4530);
// EXTERNAL MODULE: ./lib/image/ecr.js
var ecr = __webpack_require__(5283);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(8249);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./lib/aws/checked.js
var checked = __webpack_require__(6108);
// EXTERNAL MODULE: ./lib/aws/pages.js
var aws_pages = __webpack_require__(2909);
;// CONCATENATED MODULE: ./lib/image/listing.js







const PAGE = 1_000;
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
async function listImages(clients, deadline, registry, repository) {
    let pages = 0;
    const all = await (0,aws_pages/* allPages */.S)(DESCRIBE, async (nextToken) => {
        pages += 1;
        if (pages > MOST_PAGES) {
            throw new errors/* MalformedAnswer */.ol(`${repository} has more images than the ${MOST_PAGES * PAGE} that are read`);
        }
        const command = new dist_cjs/* DescribeImagesCommand */.ji5({
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

// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(5577);
// EXTERNAL MODULE: ./lib/policy/details.js
var details = __webpack_require__(8740);
// EXTERNAL MODULE: ./lib/policy/evaluate.js
var evaluate = __webpack_require__(7127);
// EXTERNAL MODULE: ./lib/remedies/rebuild.js
var rebuild = __webpack_require__(1303);
// EXTERNAL MODULE: ./lib/scan/details.js
var scan_details = __webpack_require__(7191);
// EXTERNAL MODULE: ./lib/scan/inspector.js + 2 modules
var inspector = __webpack_require__(3332);
// EXTERNAL MODULE: ./lib/time.js
var time = __webpack_require__(6146);
// EXTERNAL MODULE: ./lib/scan/age.js
var age = __webpack_require__(5766);
// EXTERNAL MODULE: ./lib/scan/settle.js
var settle = __webpack_require__(4630);
;// CONCATENATED MODULE: ./lib/scan/once.js



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
    const contradiction = (0,settle/* ecrContradiction */.uP)(findings, counted, () => true) ?? moreIn(counted, findings);
    return contradiction === undefined ? { findings } : { unknown: contradiction };
}
function moreIn(counted, findings) {
    const open = Map.groupBy(findings.filter(({ status }) => status !== 'CLOSED'), ({ severity }) => severity);
    const ids = (severity) => new Set(open.get(severity)?.map(({ id }) => id)).size;
    const more = [...(counted ?? [])].filter(([severity, count]) => count > ids(severity));
    if (more.length === 0)
        return undefined;
    const listed = more.map(([severity, count]) => `${count} ${severity}`).join(', ');
    return `ECR counts findings that Amazon Inspector does not list (${listed})`;
}

// EXTERNAL MODULE: ./lib/versions/distributions.js
var distributions = __webpack_require__(6894);
;// CONCATENATED MODULE: ./lib/versions/tags.js

const LONGEST = 128;
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
function fixedNumbers(version, [first], repository) {
    const words = (repository.split('/').at(-1) ?? '').split(/[-_.]/);
    const precisions = words.flatMap((word) => (0,distributions/* releasePrecision */.U8)(word) ?? []);
    const calendar = /^\d\d\.(?:04|10)(?:\.|$)/.test(version) ? 2 : 1;
    return Math.max(calendar, first === 0 ? 2 : 1, ...precisions);
}

;// CONCATENATED MODULE: ./lib/modes/advice.js



















const ADVICE_MS = 20_000;
const RESERVE_MS = 3_000;
const MOST_IMAGES = 10;
const MOST_FINDINGS = 20_000;
async function adviceFor(images, given) {
    const found = new Map();
    const { context } = given;
    const wanted = images.filter((one) => isAdvisable(one, given)).slice(0, MOST_IMAGES);
    const budgetMs = Math.min(ADVICE_MS, context.deadline.remainingMs() - RESERVE_MS);
    if (wanted.length === 0 || budgetMs <= 0 || context.deadline.signal.aborted)
        return found;
    const deadline = (0,lib_deadline/* startDeadline */.db)(budgetMs, context.clock, context.deadline.signal);
    const { environment, awsHandler: handler } = context;
    const clients = (0,aws_clients/* createClients */.hP)(deadline, { log: () => { }, environment, handler });
    try {
        const work = adviseAll(wanted, given, clients, deadline, found);
        work.catch(() => { });
        await Promise.race([work, over(deadline)]);
    }
    finally {
        deadline.clear();
        clients.destroy();
    }
    return new Map(found);
}
async function withAdvice(images, reports, given) {
    const pairs = reports.flatMap((report, at) => {
        const image = images[at];
        return image !== undefined && (0,resolve/* isResolved */.ZY)(image) ? [{ image, report }] : [];
    });
    const found = await adviceFor(pairs, given).catch((error) => {
        given.context.log(`No advice about base images: ${(0,lib_errors/* messageOf */.bD)(error)}`);
        return new Map();
    });
    const adviceOf = new Map(pairs.map(({ image, report }) => [report, found.get(image)]));
    return reports.map((report) => {
        const advice = adviceOf.get(report);
        return advice === undefined ? report : { ...report, advice };
    });
}
function over({ signal }) {
    return new Promise((resolve) => {
        if (signal.aborted)
            resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
    });
}
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
            context.log(`No advice about the base image of ${one.image.uri}: ${(0,lib_errors/* messageOf */.bD)(error)}`);
        }
    }
}
class Advisor {
    given;
    clients;
    deadline;
    source;
    scanner;
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
    async asOfImage(image, { registry }, bases, { findings, evaluation }) {
        const configs = new Map(findings.map(({ digest, configPlatform }) => [digest, configPlatform]));
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
    dated({ registry }, { digest, pushedAt }) {
        const now = this.clients.serviceTime(registry);
        if (now === undefined || !(pushedAt.getTime() - now.getTime() <= time/* CLOCK_SKEW_MS */.rn)) {
            throw new errors/* MalformedAnswer */.ol(`ecr:DescribeImages reports a push of ${digest} at an unknown time`);
        }
        return { digest, pushedAt };
    }
}


/***/ })

};

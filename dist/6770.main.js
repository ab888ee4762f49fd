export const id = 6770;
export const ids = [6770];
export const modules = {

/***/ 58928:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IY: () => (/* binding */ severityOrder),
/* harmony export */   Np: () => (/* binding */ bySeverity),
/* harmony export */   xG: () => (/* binding */ byEffect)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24686);
/* harmony import */ var _severity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36625);
/** The one order in which findings are listed: worst first. */


const EFFECTS = ['block', 'warn', 'allow'];
/** Orders by effect: what blocks comes first. */
function byEffect(a, b) {
    return EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect);
}
/**
 * Where a severity stands in the order, 0 for CRITICAL. Unknown severities come first, because they block; UNTRIAGED
 * comes after the ranked ones.
 */
function severityOrder(severity) {
    return severity === _severity_js__WEBPACK_IMPORTED_MODULE_0__/* .UNTRIAGED */ .C3 ? _severity_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITIES */ .oC.length : ((0,_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .rankOf */ .IQ)(severity) ?? -1);
}
/** Orders by severity, then by score, then by the id of the vulnerability. */
function bySeverity(a, b) {
    return (severityOrder(a.severity) - severityOrder(b.severity) ||
        scoreOf(b) - scoreOf(a) ||
        (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .compareTexts */ .qy)(a.vulnerabilityId, b.vulnerabilityId));
}
/** The score for comparison. A score that is not a number is below all others, so that the order is defined. */
function scoreOf({ score }) {
    return Number.isFinite(score) ? (score ?? -1) : -1;
}


/***/ }),

/***/ 15547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ compareVersions)
});

// EXTERNAL MODULE: ../node_modules/@renovatebot/pep440/index.js
var pep440 = __webpack_require__(49404);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
;// CONCATENATED MODULE: ./versions/order.js
/** Comparisons that the version rules share. All of them return -1, 0 or 1. */

function orderOf(difference) {
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}
/** Compares decimal numerals of any length by value; an empty one is zero. */
function compareNumerals(a, b) {
    const left = a.replace(/^0+/, '');
    const right = b.replace(/^0+/, '');
    return orderOf(left.length - right.length) || (0,text_0/* compareTexts */.qy)(left, right);
}
/** Compares lists of numerals. Missing numerals count as zeros. */
function compareNumeralLists(a, b) {
    for (let at = 0; at < Math.max(a.length, b.length); at++) {
        const order = compareNumerals(a[at] ?? '', b[at] ?? '');
        if (order !== 0)
            return order;
    }
    return 0;
}

;// CONCATENATED MODULE: ./versions/apk.js
/** Versions of Alpine's packages, and of those that Chainguard and Wolfi build in the same format. */


const FORMAT = /^(?<numbers>\d+(?:\.\d+)*)(?<letter>[a-z])?(?<suffixes>(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:-r(?<revision>\d+))?$/;
const BEFORE_RELEASE = ['alpha', 'beta', 'pre', 'rc'];
const SUFFIXES = [...BEFORE_RELEASE, 'cvs', 'svn', 'git', 'hg', 'p'];
/**
 * Compares by apk's rules: numbers, a letter, suffixes, the package's revision.
 * Undefined if apk-tools 2 and 3 differ. Source: apk-package(5) and version.c of apk-tools 2 and 3.
 */
function compareApk(a, b) {
    const left = FORMAT.exec(a)?.groups;
    const right = FORMAT.exec(b)?.groups;
    if (left === undefined || right === undefined)
        return undefined;
    const numbers = compareNumbers(left.numbers ?? '', right.numbers ?? '');
    if (numbers !== 0)
        return numbers;
    return ((0,text_0/* compareTexts */.qy)(left.letter ?? '', right.letter ?? '') ||
        compareSuffixes(left.suffixes ?? '', right.suffixes ?? '') ||
        // No revision sorts before -r0.
        orderOf(Number(left.revision !== undefined) - Number(right.revision !== undefined)) ||
        compareNumerals(left.revision ?? '', right.revision ?? ''));
}
function compareNumbers(a, b) {
    const [leftFirst = '', ...left] = a.split('.');
    const [rightFirst = '', ...right] = b.split('.');
    const first = compareNumerals(leftFirst, rightFirst);
    if (first !== 0)
        return first;
    for (let at = 0; at < Math.min(left.length, right.length); at++) {
        const order = compareFurther(left[at] ?? '', right[at] ?? '');
        if (order !== 0)
            return order;
    }
    return orderOf(left.length - right.length);
}
/** Numbers after the first. apk-tools 2 and 3 read a number with a leading zero like a fraction, in different ways. */
function compareFurther(a, b) {
    if (!a.startsWith('0') && !b.startsWith('0'))
        return compareNumerals(a, b);
    const third = (0,text_0/* compareTexts */.qy)(a, b);
    const second = compareNumerals(leadingZeros(b), leadingZeros(a)) || compareNumerals(a, b);
    return third === second ? third : undefined;
}
function leadingZeros(numeral) {
    return String(/^0*/.exec(numeral)?.[0].length ?? 0);
}
function compareSuffixes(a, b) {
    const left = a.split('_').slice(1);
    const right = b.split('_').slice(1);
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
        const order = compareSuffix(left[at], right[at]);
        if (order !== 0)
            return order;
    }
    return 0;
}
function compareSuffix(a, b) {
    const [, leftName = '', leftNumber = ''] = /^([a-z]+)(\d*)$/.exec(a ?? '') ?? [];
    const [, rightName = '', rightNumber = ''] = /^([a-z]+)(\d*)$/.exec(b ?? '') ?? [];
    return (orderOf(rank(leftName) - rank(rightName)) ||
        // `_rc` sorts before `_rc0`.
        orderOf(Number(leftNumber !== '') - Number(rightNumber !== '')) ||
        compareNumerals(leftNumber, rightNumber));
}
/** The rank of a suffix. No suffix is between those of pre-releases and the others. */
function rank(name) {
    if (name === '')
        return BEFORE_RELEASE.length;
    const at = SUFFIXES.indexOf(name);
    return at < BEFORE_RELEASE.length ? at : at + 1;
}

;// CONCATENATED MODULE: ./versions/composer.js
/** Versions of PHP's packages. */

const composer_FORMAT = /^v?(?<numbers>\d+(?:\.\d+){0,3})(?:[._-]?(?<stability>stable|alpha|a|beta|b|rc|patch|pl|p)(?<further>(?:[.-]?\d+)*)|[.-]?(?<dev>dev))?(?:\+[0-9A-Za-z.-]+)?$/i;
const STABILITIES = new Map(Object.entries({ dev: 0, alpha: 1, a: 1, beta: 2, b: 2, rc: 3, stable: 4, patch: 5, pl: 5, p: 5 }));
/**
 * Compares by Composer's rules: up to four numbers, then the stability and its own numbers. Branches
 * (`dev-main`, `1.0.x-dev`) have no order.
 * Sources: composer/semver, VersionParser::normalize; PHP's version_compare, by which Composer compares what that
 * returns: dev, alpha, beta, RC, the release itself, patch.
 */
function compareComposer(a, b) {
    const left = parse(a);
    const right = parse(b);
    if (left === undefined || right === undefined)
        return undefined;
    const numbers = compareNumeralLists(left.numbers, right.numbers);
    // Composer reads `4-beta4` as `4.0.0.0-beta4`. Programs that use PHP's version_compare on the text do not.
    if (numbers === 0 && left.numbers.length !== right.numbers.length)
        return undefined;
    return numbers || orderOf(left.rank - right.rank) || composer_compareFurther(left.further, right.further);
}
function parse(text) {
    const groups = composer_FORMAT.exec(text)?.groups;
    if (groups?.numbers === undefined)
        return undefined;
    const { numbers, stability, dev, further = '' } = groups;
    const rank = STABILITIES.get((stability ?? dev ?? 'stable').toLowerCase());
    // Composer does not accept a number after "stable".
    if (rank === undefined || (stability?.toLowerCase() === 'stable' && further !== ''))
        return undefined;
    return { numbers: numbers.split('.'), rank, further: further.match(/\d+/g) ?? [] };
}
/** `beta` is older than `beta0`, and `beta1` older than `beta1.0`. */
function composer_compareFurther(a, b) {
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
        const order = compareNumerals(a[at] ?? '', b[at] ?? '');
        if (order !== 0)
            return order;
    }
    return orderOf(a.length - b.length);
}

;// CONCATENATED MODULE: ./versions/dpkg.js
/** Debian's and Ubuntu's package versions. */

/**
 * Compares by dpkg's rules. A version that dpkg itself would refuse or warn about has no order here.
 * Source: deb-version(7), Debian Policy 5.6.12.
 */
function compareDpkg(a, b) {
    const left = dpkg_parse(a);
    const right = dpkg_parse(b);
    if (left === undefined || right === undefined)
        return undefined;
    return (compareNumerals(left.epoch, right.epoch) ||
        comparePart(left.upstream, right.upstream) ||
        comparePart(left.revision, right.revision));
}
function dpkg_parse(text) {
    const groups = /^(?:(?<epoch>\d+):)?(?<upstream>\d[A-Za-z0-9.+~:-]*?)(?:-(?<revision>[A-Za-z0-9.+~]+))?$/.exec(text)?.groups;
    const { epoch, upstream = '', revision } = groups ?? {};
    // A colon needs an epoch before it, a hyphen a revision after it.
    if (groups === undefined || (epoch === undefined && upstream.includes(':')))
        return undefined;
    if (revision === undefined && upstream.includes('-'))
        return undefined;
    return { epoch: epoch ?? '', upstream, revision: revision ?? '' };
}
/** Alternating text and numerals, starting with text, which may be empty. */
function comparePart(a, b) {
    let left = a;
    let right = b;
    while (left !== '' || right !== '') {
        const [leftText = ''] = /^\D*/.exec(left) ?? [];
        const [rightText = ''] = /^\D*/.exec(right) ?? [];
        const texts = compareCharacters(leftText, rightText);
        if (texts !== 0)
            return texts;
        left = left.slice(leftText.length);
        right = right.slice(rightText.length);
        const [leftDigits = ''] = /^\d*/.exec(left) ?? [];
        const [rightDigits = ''] = /^\d*/.exec(right) ?? [];
        const numerals = compareNumerals(leftDigits, rightDigits);
        if (numerals !== 0)
            return numerals;
        left = left.slice(leftDigits.length);
        right = right.slice(rightDigits.length);
    }
    return 0;
}
function compareCharacters(a, b) {
    for (let at = 0; at < Math.max(a.length, b.length); at++) {
        const order = orderOf(weight(a[at]) - weight(b[at]));
        if (order !== 0)
            return order;
    }
    return 0;
}
/** A tilde sorts before the end, the end before letters, letters before everything else. */
function weight(character) {
    if (character === undefined)
        return 0;
    if (character === '~')
        return -1;
    return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
}

;// CONCATENATED MODULE: ./versions/gem.js
/** Versions of Ruby gems. */


// Platforms of RubyGems, from the processor to the C library: `x86_64-linux-musl`, `arm64-darwin-22`, `java`.
const PLATFORM = /-(?<platform>java|jruby|(?:x86|x64|x86_64|universal|arm|arm64|armv7l|aarch64|ppc64le|s390x|riscv64)-(?:linux|darwin|mingw|mingw32|mswin32|mswin64|freebsd)(?:-[a-z0-9]+)?)$/;
/**
 * Compares by the rules of RubyGems. A platform after the version (`1.15.0-x86_64-linux`) is not compared, but versions that
 * differ only in it are not equal. Versions with any other hyphen have no order. Source: Gem::Version#<=>, Gem::Platform. The
 * ports on npm compare letters in the order of the machine's locale.
 */
function compareGem(a, b) {
    const order = compareNumbered(a.replace(PLATFORM, ''), b.replace(PLATFORM, ''));
    return order === 0 && platformOf(a) !== platformOf(b) ? undefined : order;
}
function platformOf(text) {
    return PLATFORM.exec(text)?.groups?.platform;
}
function compareNumbered(a, b) {
    const left = segments(a);
    const right = segments(b);
    if (left === undefined || right === undefined)
        return undefined;
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
        const order = compareSegments(left[at] ?? '0', right[at] ?? '0');
        if (order !== 0)
            return order;
    }
    return 0;
}
/** The segments of numbers and letters, without the zeros at the end of the numbers and of the rest. */
function segments(text) {
    if (!/^\d+(\.[0-9A-Za-z]+)*$/.test(text))
        return undefined;
    const all = text.match(/\d+|[A-Za-z]+/g) ?? [];
    const firstLetters = all.findIndex((segment) => /^[A-Za-z]/.test(segment));
    const numbers = firstLetters === -1 ? all : all.slice(0, firstLetters);
    const rest = firstLetters === -1 ? [] : all.slice(firstLetters);
    return [...withoutZeros(numbers), ...withoutZeros(rest)];
}
function withoutZeros(parts) {
    return parts.slice(0, parts.findLastIndex((part) => !/^0+$/.test(part)) + 1);
}
function compareSegments(a, b) {
    const leftIsNumber = /^\d/.test(a);
    const rightIsNumber = /^\d/.test(b);
    if (leftIsNumber !== rightIsNumber)
        return leftIsNumber ? 1 : -1;
    return leftIsNumber ? compareNumerals(a, b) : (0,text_0/* compareTexts */.qy)(a, b);
}

// EXTERNAL MODULE: ../node_modules/semver/functions/compare.js
var compare = __webpack_require__(74507);
// EXTERNAL MODULE: ../node_modules/semver/functions/parse.js
var functions_parse = __webpack_require__(25667);
;// CONCATENATED MODULE: ./versions/semver.js
/** Semantic versions, which npm and Cargo follow. */


/** Source: semver.org 2.0.0. */
function compareSemver(a, b) {
    if (functions_parse(a) === null || functions_parse(b) === null)
        return undefined;
    return compare(a, b);
}

;// CONCATENATED MODULE: ./versions/go.js
/** Versions of Go's modules, and of Go itself. */


/**
 * Compares module versions (`v1.2.3-0.2021…-abc`, which Inspector also writes without the `v`) and versions of Go itself
 * (`go1.22.1`, `1.22rc1`, `1.22`). Versions of different kinds are compared only if both can be read as the same kind.
 * Sources: golang.org/x/mod/semver, where `v1.2` is short for `v1.2.0`; Go's internal/gover, where `1.21` is older
 * than `1.21rc1`, and that older than `1.21.0`, but `1.20` is `1.20.0`.
 */
function compareGo(a, b) {
    if (isToolchain(a) || isToolchain(b)) {
        const left = toolchain(a);
        const right = toolchain(b);
        if (left === undefined || right === undefined)
            return undefined;
        return (compareNumerals(left.major, right.major) ||
            compareNumerals(left.minor, right.minor) ||
            orderOf(left.rank - right.rank) ||
            compareNumerals(left.number, right.number));
    }
    return compareSemver(full(a), full(b));
}
function isToolchain(text) {
    return /^(?:go.*|\d+\.\d+(?:beta\d+|rc\d+)?|\d+)$/.test(text);
}
// The first version of Go whose releases all have three numbers.
const FIRST_WITH_PATCH = 21;
const RANKS = { '': 0, beta: 1, rc: 2, '.': 3 };
function toolchain(text) {
    const match = /^(?:go)?(\d+)(?:\.(\d+)(?:(beta|rc|\.)(\d+))?)?$/.exec(text);
    if (match === null)
        return undefined;
    const [, major = '', minor, kind = '', number = ''] = match;
    // Without a patch, releases before 1.21 are the first of their line.
    const isFirst = kind === '' && (minor === undefined || Number(minor) < FIRST_WITH_PATCH);
    return { major, minor: minor ?? '0', rank: RANKS[isFirst ? '.' : kind] ?? 0, number };
}
function full(text) {
    const bare = text.replace(/^v(?=\d)/, '');
    const missing = /^\d+(?:\.\d+)?$/.test(bare) ? 3 - bare.split('.').length : 0;
    return bare + '.0'.repeat(missing);
}

;// CONCATENATED MODULE: ./versions/maven.js
/** Versions of Maven artifacts. */

// No number may follow the numbers. Otherwise the pattern would backtrack and read `1.2.83_x` as `1.2`.
const maven_FORMAT = /^(?<numbers>\d+(?:\.\d+)*)(?!\.?\d)(?<rest>.*)$/;
// Versions of Maven differ on empty parts.
const EMPTY_PART = /[.-]{2}|[.-]$/;
// In Maven's order. A release has no qualifier, or one of RELEASED.
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const ALIASES = new Map([
    ['a', 'alpha'],
    ['b', 'beta'],
    ['m', 'milestone'],
    ['cr', 'rc'],
]);
const RELEASED = new Set(['final', 'ga', 'release']);
/**
 * Compares by the rules on which Maven 3.8, 3.9 and 4 agree: first the leading numbers, then the qualifiers that Maven knows.
 * Other qualifiers (`-jre`, `.redhat-1`) usually name variants, so versions that differ only in them have no order.
 * Source: Maven's POM reference, "Version Order Specification".
 */
function compareMaven(a, b) {
    if (EMPTY_PART.test(a) || EMPTY_PART.test(b))
        return undefined;
    const left = maven_FORMAT.exec(a)?.groups;
    const right = maven_FORMAT.exec(b)?.groups;
    if (left?.numbers === undefined || right?.numbers === undefined)
        return undefined;
    const numbers = compareNumeralLists(left.numbers.split('.'), right.numbers.split('.'));
    if (numbers !== 0)
        return numbers;
    const leftRest = (left.rest ?? '').toLowerCase();
    const rightRest = (right.rest ?? '').toLowerCase();
    if (leftRest === rightRest)
        return 0;
    const leftQualifier = qualifier(leftRest);
    const rightQualifier = qualifier(rightRest);
    if (leftQualifier === undefined || rightQualifier === undefined)
        return undefined;
    return (orderOf(leftQualifier.rank - rightQualifier.rank) ||
        orderOf(Number(leftQualifier.number !== '') - Number(rightQualifier.number !== '')) ||
        compareNumerals(leftQualifier.number, rightQualifier.number));
}
function qualifier(rest) {
    if (rest === '')
        return { rank: QUALIFIERS.indexOf(''), number: '' };
    // Only these forms have the same meaning in all versions of Maven.
    const [, dashed, word = dashed ?? '', number = ''] = /^(?:-([a-z]+)-(?=\d)|[.-]?([a-z]+))(\d+)?$/.exec(rest) ?? [];
    if (RELEASED.has(word))
        return number === '' ? qualifier('') : undefined;
    // The one-letter aliases apply only directly before a number.
    const alias = word.length === 1 && !/[a-z]\d/.test(rest) ? undefined : ALIASES.get(word);
    const name = alias ?? word;
    const rank = name === '' ? -1 : QUALIFIERS.indexOf(name);
    // Some versions of Maven ignore a zero after a qualifier.
    if (rank === -1 || /^0+$/.test(number))
        return undefined;
    return { rank, number };
}

;// CONCATENATED MODULE: ./versions/rpm.js
/** Versions of RPM packages: Amazon Linux, Red Hat, SUSE and their relatives. */


/**
 * Compares `[epoch:]version[-release]` by RPM's rules. Where the versions are the same and only one has a
 * release, the order is unknown: RPM's own tools treat such a version as any release.
 * Source: rpm-version(7) and rpmvercmp() of RPM 4.15 and later, which know `~` and `^`.
 */
function compareRpm(a, b) {
    const left = rpm_parse(a);
    const right = rpm_parse(b);
    if (left === undefined || right === undefined)
        return undefined;
    const order = compareNumerals(left.epoch, right.epoch) || rpm_comparePart(left.version, right.version);
    if (order !== 0)
        return order;
    if (left.release === right.release)
        return 0;
    if (left.release === undefined || right.release === undefined)
        return undefined;
    return rpm_comparePart(left.release, right.release);
}
function rpm_parse(text) {
    const groups = /^(?:(?<epoch>\d+):)?(?<version>[A-Za-z0-9._+~^]+)(?:-(?<release>[A-Za-z0-9._+~^]+))?$/.exec(text)?.groups;
    if (groups?.version === undefined)
        return undefined;
    return { epoch: groups.epoch ?? '', version: groups.version, release: groups.release };
}
function rpm_comparePart(a, b) {
    const left = rpm_segments(a);
    const right = rpm_segments(b);
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
        const order = rpm_compareSegments(left[at], right[at]);
        if (order !== 0)
            return order;
    }
    return 0;
}
/** Runs of digits, runs of letters, `~` and `^`; all else only separates. */
function rpm_segments(text) {
    return text.match(/\d+|[A-Za-z]+|~|\^/g) ?? [];
}
/** `~` before the end, the end before `^`, `^` before letters, letters before digits. */
function rpm_compareSegments(a, b) {
    const kinds = kind(a) - kind(b);
    if (kinds !== 0)
        return kinds < 0 ? -1 : 1;
    if (a === undefined || b === undefined)
        return 0;
    return /^\d/.test(a) ? compareNumerals(a, b) : (0,text_0/* compareTexts */.qy)(a, b);
}
function kind(segment) {
    if (segment === undefined)
        return 1;
    if (segment === '~')
        return 0;
    if (segment === '^')
        return 2;
    return /^\d/.test(segment) ? 4 : 3;
}

;// CONCATENATED MODULE: ./versions/compare.js
/** Compares versions by the rules of their ecosystem. There is no result where that is not certain. */










/** The most characters of a version that is compared. */
const LONGEST = 200;
/**
 * -1, 0 or 1 if `a` is older than, equal to or newer than `b`. Undefined if the rules of the ecosystem define no order for the
 * two. Within an ecosystem this is a total order of the versions that have one. For an unknown ecosystem only versions are
 * compared for which all ecosystems agree.
 */
function compareVersions(ecosystem, a, b) {
    if (a.length > LONGEST || b.length > LONGEST)
        return undefined;
    return RULES[ecosystem ?? 'unknown'](a, b);
}
const RULES = {
    dpkg: compareDpkg,
    rpm: compareRpm,
    apk: compareApk,
    npm: compareSemver,
    cargo: compareSemver,
    go: compareGo,
    nuget,
    pep440: compare_pep440,
    maven: compareMaven,
    gem: compareGem,
    composer: compareComposer,
    unknown: plain,
};
/**
 * Up to four numbers, then the pre-release of semver, without regard to case.
 * Source: NuGet's documentation, "Package versioning".
 */
function nuget(a, b) {
    const parse = (text) => {
        const match = /^(\d+(?:\.\d+){0,3})(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(text);
        return match && { numbers: (match[1] ?? '').split('.'), suffix: (match[2] ?? '').toLowerCase() };
    };
    const left = parse(a);
    const right = parse(b);
    if (!left || !right)
        return undefined;
    return (compareNumeralLists(left.numbers, right.numbers) ||
        compareSemver(`0.0.0${left.suffix}`, `0.0.0${right.suffix}`));
}
/** Source: PEP 440, now the version specifiers of the PyPA specifications. */
function compare_pep440(a, b) {
    // The library reads numbers as doubles, which are exact up to 15 digits.
    if (/\d{16}/.test(a) || /\d{16}/.test(b))
        return undefined;
    if (!(0,pep440.valid)(a) || !(0,pep440.valid)(b))
        return undefined;
    return orderOf((0,pep440.compare)(a, b));
}
/** Numbers and dots. Ecosystems differ on leading zeros, and on whether `1.0` equals `1.0.0`. */
function plain(a, b) {
    if (a === b)
        return 0;
    const format = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/;
    if (!format.test(a) || !format.test(b))
        return undefined;
    return compareNumeralLists(a.split('.'), b.split('.')) || undefined;
}


/***/ }),

/***/ 84540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MU: () => (/* binding */ isRelease),
/* harmony export */   U8: () => (/* binding */ releasePrecision),
/* harmony export */   br: () => (/* binding */ systemOf),
/* harmony export */   f0: () => (/* binding */ isCodename),
/* harmony export */   zi: () => (/* binding */ isVendor)
/* harmony export */ });
/** Linux distributions and their releases, by their names in Inspector and in package URLs. */
// The most characters of a release's name. It is compared for every finding.
const LONGEST = 60;
/**
 * Sources: Inspector's user guide ("Supported operating systems") and its API model (`ORACLE_LINUX_7`,
 * `ALPINE_LINUX_3_8`), recorded findings (`DEBIAN_10`, `AMAZON_LINUX_2`); purl-spec, types deb, rpm and apk; Syft
 * (the `ID` of /etc/os-release: `amzn`, `ol`, `rhel`) and Trivy (`amazon`, `oracle`, `redhat`).
 */
const DISTRIBUTIONS = [
    entry('deb', 1, 'DEBIAN', 'debian', '', {
        jessie: '8',
        stretch: '9',
        buster: '10',
        bullseye: '11',
        bookworm: '12',
        trixie: '13',
        forky: '14',
    }),
    entry('deb', 2, 'UBUNTU', 'ubuntu', '', {
        trusty: '14.04',
        xenial: '16.04',
        bionic: '18.04',
        focal: '20.04',
        jammy: '22.04',
        noble: '24.04',
        oracular: '24.10',
        plucky: '25.04',
        questing: '25.10',
    }),
    entry('apk', 2, 'ALPINE_LINUX ALPINE', 'alpine'),
    entry('apk', 0, 'CHAINGUARD', 'chainguard'),
    entry('apk', 0, 'WOLFI', 'wolfi'),
    entry('apk', 0, 'MINIMOS', 'minimos'),
    entry('rpm', 1, 'AMAZON_LINUX AMAZONLINUX', 'amzn amazon amazonlinux', 'al amazon-linux'),
    entry('rpm', 1, 'RHEL RED_HAT_ENTERPRISE_LINUX RED_HAT REDHAT', 'redhat rhel', 'el'),
    entry('rpm', 1, 'CENTOS', 'centos', 'el'),
    entry('rpm', 1, 'ROCKY_LINUX ROCKYLINUX ROCKY', 'rocky rockylinux', 'el rocky-linux'),
    entry('rpm', 1, 'ALMA_LINUX ALMALINUX ALMA', 'alma almalinux', 'el alma-linux'),
    entry('rpm', 1, 'ORACLE_LINUX ORACLELINUX', 'oracle oraclelinux ol', 'el oracle-linux'),
    entry('rpm', 1, 'FEDORA', 'fedora', 'fc'),
    entry('rpm', 2, 'SLES SUSE_LINUX_ENTERPRISE_SERVER SUSE', 'suse sles', 'sle suse-linux-enterprise-server'),
    entry('rpm', 2, 'OPENSUSE_LEAP OPENSUSE', 'opensuse opensuse-leap', 'opensuse.leap leap'),
    entry('rpm', 1, 'PHOTON_OS PHOTON', 'photon'),
];
function entry(type, precision, systems, namespaces, words = '', codenames = {}) {
    const listed = (text) => text.split(' ').filter((word) => word !== '');
    return {
        type,
        precision,
        systems: listed(systems),
        namespaces: listed(namespaces),
        words: listed(words),
        codenames: new Map(Object.entries(codenames)),
    };
}
const systems = new Map();
/** The distribution for Inspector's name (`DEBIAN_12`). Undefined for an unknown name. */
function systemOf(name = '') {
    const upper = name.toUpperCase();
    // An image has one system and can have ten thousand findings.
    if (!systems.has(upper))
        systems.set(upper, findSystem(upper));
    return systems.get(upper);
}
function findSystem(upper) {
    for (const entry of DISTRIBUTIONS) {
        const system = entry.systems.find((candidate) => upper === candidate || upper.startsWith(`${candidate}_`));
        if (system === undefined)
            continue;
        const numbers = upper.slice(system.length + 1).split('_');
        const release = numbers.every((part) => /^\d{1,8}$/.test(part)) ? numbers : undefined;
        return { entry, type: entry.type, namespaces: entry.namespaces, release };
    }
    return undefined;
}
/** Whether a vendor is that of the system. Undefined for a vendor that no distribution has. */
function isVendor(system, namespace) {
    const lower = namespace.toLowerCase();
    if (system.namespaces.includes(lower))
        return true;
    return DISTRIBUTIONS.some(({ namespaces }) => namespaces.includes(lower)) ? false : undefined;
}
/**
 * Whether the `distro` of a package URL (`debian-12.5`, `bookworm`, `3.20.3`, `el9`) is the release of the system;
 * undefined if they cannot be compared.
 */
function isRelease({ entry, release }, distro) {
    const said = distro.length > LONGEST ? undefined : read(distro.trim().toLowerCase());
    if (said === undefined)
        return undefined;
    const { word, version } = said;
    if (word !== '' && !has(entry, word)) {
        return DISTRIBUTIONS.some((other) => has(other, word)) ? false : undefined;
    }
    // A number alone names no distribution. A name alone names no release, unless the distribution has none.
    if (entry.precision === 0)
        return word === '' ? undefined : true;
    return version === undefined ? undefined : isSame(entry.precision, release, version);
}
/** The parts of a `distro`. The word is empty if it has only a release. */
function read(text) {
    const [, prefix, codename] = /^(?:([a-z.-]+)-)?([a-z]+)$/.exec(text) ?? [];
    for (const entry of DISTRIBUTIONS) {
        const version = entry.codenames.get(codename ?? '');
        if (version === undefined)
            continue;
        return prefix === undefined || has(entry, prefix)
            ? { word: entry.namespaces[0] ?? '', version }
            : undefined;
    }
    const match = /^([a-z][a-z.-]*?)?[-_ ]?(\d{1,8}(?:\.\d{1,8})*)?$/.exec(text.replace(/(^|-)v(?=\d)/, '$1'));
    return match === null ? undefined : { word: match[1] ?? '', version: match[2] };
}
/** How many numbers of a version identify a release of a distribution, by one of its names; undefined for other names. */
function releasePrecision(name) {
    return DISTRIBUTIONS.find((entry) => has(entry, name))?.precision;
}
/** Whether a word is the codename of a release, such as `bookworm`. */
function isCodename(word) {
    return DISTRIBUTIONS.some(({ codenames }) => codenames.has(word));
}
function has({ namespaces, words }, word) {
    return namespaces.includes(word) || words.includes(word);
}
/** By the numbers that both have; undefined if those do not name a release. */
function isSame(precision, release, version) {
    if (release === undefined)
        return undefined;
    const parts = version.split('.');
    for (let at = 0; at < precision; at += 1) {
        const [own, other] = [release[at], parts[at]];
        if (own === undefined || other === undefined)
            return undefined;
        if (Number(own) !== Number(other))
            return false;
    }
    return true;
}


/***/ }),

/***/ 31123:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ ecosystemOf),
/* harmony export */   p: () => (/* binding */ ecosystemOfManager)
/* harmony export */ });
/* harmony import */ var _distributions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(84540);

/** Inspector's package managers except OS: its PackageManager enumeration, and other values in recorded findings. */
// A map, because an object also has inherited names such as `constructor`.
const MANAGERS = new Map(Object.entries({
    BUNDLER: 'gem',
    CARGO: 'cargo',
    COMPOSER: 'composer',
    DOTNET_CORE: 'nuget',
    GEMSPEC: 'gem',
    GO: 'go',
    GOBINARY: 'go',
    GOMOD: 'go',
    JAR: 'maven',
    NODEPKG: 'npm',
    NPM: 'npm',
    NUGET: 'nuget',
    PIP: 'pep440',
    PIPENV: 'pep440',
    POETRY: 'pep440',
    POM: 'maven',
    PYTHON: 'pep440',
    PYTHONPKG: 'pep440',
    YARN: 'npm',
}));
const SYSTEMS = { deb: 'dpkg', rpm: 'rpm', apk: 'apk' };
const COMMANDS = [
    [/\bapt(?:-get)?\b/, 'dpkg'],
    [/\b(?:yum|(?:micro)?dnf|zypper|tdnf)\b/, 'rpm'],
    [/\bapk\b/, 'apk'],
];
/** The ecosystem of a package manager of a language. Undefined for OS and for unknown ones. */
function ecosystemOfManager(manager) {
    return MANAGERS.get(manager.toUpperCase());
}
/**
 * The ecosystem of a package. Undefined if it is unknown. For a package of the operating system, the system that Inspector names
 * and the command that it recommends must not contradict each other.
 */
function ecosystemOf({ manager, remediation }, operatingSystem) {
    if (manager === undefined)
        return undefined;
    if (manager !== 'OS')
        return ecosystemOfManager(manager);
    const system = (0,_distributions_js__WEBPACK_IMPORTED_MODULE_0__/* .systemOf */ .br)(operatingSystem);
    const told = [
        ...(system === undefined ? [] : [SYSTEMS[system.type]]),
        ...COMMANDS.filter(([command]) => command.test(remediation ?? '')).map(([, ecosystem]) => ecosystem),
    ];
    const [first, ...others] = new Set(told);
    return others.length === 0 ? first : undefined;
}


/***/ })

};

export const id = 6589;
export const ids = [6589];
export const modules = {

/***/ 16589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CI: () => (/* binding */ countAgain),
/* harmony export */   Ng: () => (/* binding */ endingSoon),
/* harmony export */   S2: () => (/* binding */ exceptionBlocks),
/* harmony export */   dl: () => (/* binding */ SOON_MS),
/* harmony export */   e8: () => (/* binding */ entriesWords),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   mj: () => (/* binding */ exceptionEntries)
/* harmony export */ });
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8829);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(24686);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41956);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81477);
/* harmony import */ var _kit_once_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(41342);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4310);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(16878);
/** How the exceptions and VEX statements of a run were used, as data and as blocks of the summary. */







/** How long before its end a used exception is announced. */
const SOON_MS = 14 * _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO;
const MAX_ROWS = 200;
const MAX_OTHER_PRODUCTS = 20;
const MAX_ANNOUNCED = 5;
const MAX_REASON = 300;
const STATES = [
    'expired',
    'refused',
    'ending',
    'used',
    'needless',
    'other-product',
    'unused',
    'other-image',
];
const MATCHES = ['finding', 'vulnerability', 'image', 'nothing'];
/** Every exception of the run and how it was used. Those that require attention come first. */
const exceptionEntries = (0,_kit_once_js__WEBPACK_IMPORTED_MODULE_4__/* .oncePer */ .P)(({ images, judgedAt }) => {
    const usages = new Map();
    for (const { exceptions } of (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_5__/* .verdictsIn */ .kR)(images)) {
        for (const { exception, matches, applied, needless, refusals, ends } of exceptions) {
            const known = usages.get(exception);
            usages.set(exception, {
                exception,
                matches: closest(matches, known?.matches ?? 'nothing'),
                applied: applied + (known?.applied ?? 0),
                needless: needless + (known?.needless ?? 0),
                refusals: distinct([...(known?.refusals ?? []), ...refusals]),
                ends,
            });
        }
    }
    return [...usages.values()]
        .map(({ matches, needless, ...usage }) => ({
        ...usage,
        state: stateOf({ ...usage, matches, needless }, judgedAt),
    }))
        .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
});
function distinct(refusals) {
    if (refusals.length < 2)
        return refusals;
    return [...new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal])).values()];
}
/** Of several images, the closest thing that an exception is about. */
function closest(a, b) {
    return MATCHES.indexOf(a) < MATCHES.indexOf(b) ? a : b;
}
function stateOf({ matches, applied, needless, refusals, ends }, judgedAt) {
    // What the policy says about it has no meaning for the images of this run.
    if (matches === 'nothing')
        return 'other-image';
    if (refusals.some(({ kind }) => kind === 'expired'))
        return 'expired';
    if (refusals.length > 0)
        return 'refused';
    if (applied > 0)
        return endsSoon(ends, judgedAt) ? 'ending' : 'used';
    if (needless > 0)
        return 'needless';
    return matches === 'vulnerability' ? 'other-product' : 'unused';
}
function endsSoon(ends, judgedAt) {
    return (ends !== undefined &&
        judgedAt !== undefined &&
        ends > judgedAt &&
        ends.getTime() - judgedAt.getTime() <= SOON_MS);
}
/** The exceptions that allow findings and end within 14 days, including those that have another state. */
function endingSoon(report) {
    return exceptionEntries(report).filter(({ applied, ends }) => applied > 0 && endsSoon(ends, report.judgedAt));
}
/** The exceptions of a run: a paragraph on those that end soon, and all of them folded. */
function exceptionBlocks(report) {
    const entries = exceptionEntries(report);
    if (entries.length === 0)
        return [];
    const listed = withOwnRow(entries);
    const rows = listed.slice(0, MAX_ROWS).map((entry) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .row */ .nM)(cells(entry, report.judgedAt)));
    return [
        ...announcement(report),
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(`📝 ${entriesWords(entries)}: ${counted(entries)}`, [
            ...(rows.length > 0
                ? [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .tableOf */ .c_)(['State', 'Exception', 'Reason', 'Approved by', 'Until', 'Findings', 'Source'], rows)]
                : []),
            ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(listed.length - rows.length),
            ...others(entries.length - listed.length),
        ]),
    ];
}
/** The entries with a row of their own: a published VEX document has thousands of statements about other products. */
function withOwnRow(entries) {
    let otherProducts = 0;
    return entries.filter(({ exception, state }) => {
        if (state === 'other-product' && exception.origin === 'vex')
            otherProducts += 1;
        return state !== 'other-image' && (state !== 'other-product' || otherProducts <= MAX_OTHER_PRODUCTS);
    });
}
function others(count) {
    if (count === 0)
        return [];
    const what = count === 1 ? 'exception or VEX statement is' : 'exceptions or VEX statements are';
    return [`<p>${count} ${what} about other images and products.</p>`];
}
const STATE_WORDS = {
    expired: '⌛ expired',
    refused: '🚫 refused',
    ending: '⏳ used, ends soon',
    used: '✔️ used',
    needless: '➖ not needed',
    'other-product': '➖ same vulnerability, other image or package',
    unused: '➖ matches nothing',
    'other-image': '➖ other image',
};
const COUNT_WORDS = {
    expired: 'expired',
    refused: 'refused',
    ending: 'used and ending soon',
    used: 'used',
    needless: 'not needed',
    'other-product': 'for another image or package',
    unused: 'unused',
    'other-image': 'for other images',
};
/** `2 exceptions`, `1 VEX statement`, or `3 exceptions and VEX statements`. */
function entriesWords(entries) {
    const vex = entries.filter(({ exception }) => exception.origin === 'vex').length;
    if (vex === 0)
        return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(entries.length, 'exception');
    if (vex === entries.length)
        return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(vex, 'VEX statement');
    return `${entries.length} exceptions and VEX statements`;
}
/** `1 expired, 2 used`, in the order of the entries' states. */
function counted(entries) {
    const states = Map.groupBy(entries, ({ state }) => state);
    return [...states].map(([state, { length }]) => `${length} ${COUNT_WORDS[state]}`).join(', ');
}
function announcement(report) {
    const ending = endingSoon(report);
    if (ending.length === 0)
        return [];
    const shown = ending
        .slice(0, MAX_ANNOUNCED)
        .map(({ exception, ends }) => `${ids(exception)} (${(0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .untilWords */ .So)(ends, report.judgedAt)})`);
    const left = ending.length - shown.length;
    const rest = left > 0 ? ` and ${left} more` : '';
    return [
        `<p>⏳ <b>${ending.length === 1 ? 'Exception that ends' : 'Exceptions that end'} soon</b>: ${shown.join(', ')}${rest}. ${countAgain(ending.length)}</p>`,
    ];
}
/** What happens when exceptions end. */
function countAgain(exceptions) {
    return `The findings that ${exceptions === 1 ? 'it allows' : 'they allow'} will then count again.`;
}
function cells({ exception, state, applied, refusals, ends }, judgedAt) {
    const { reason, approvedBy, ticket, source, status, scope } = exception;
    const who = [approvedBy, ticket].filter((text) => text !== undefined).map((text) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(text, 120));
    const where = scope.kind === 'globs' ? [scope.package, scope.image, scope.platform] : [];
    const limited = where.filter((glob) => glob !== undefined).map((glob) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(glob, 120));
    // The state of an expired exception already says that it has expired.
    const why = refusals
        .filter(({ kind }) => kind !== 'expired')
        .map((refusal) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)((0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .refusalWords */ .WW)(refusal, judgedAt), MAX_REASON)));
    return [
        [STATE_WORDS[state], ...why].join('<br>'),
        [ids(exception), ...(limited.length > 0 ? [`only ${limited.join(', ')}`] : [])].join('<br>'),
        [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(status), ...(reason === undefined ? [] : [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(reason, MAX_REASON)])].join('<br>'),
        who.join('<br>') || '–',
        untilCell(ends, judgedAt),
        `${applied}`,
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(source, 200),
    ];
}
/** The column is called "Until" already. */
function untilCell(ends, judgedAt) {
    const isOver = ends !== undefined && judgedAt !== undefined && !(ends > judgedAt);
    return (0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .untilWords */ .So)(ends, isOver ? undefined : judgedAt).replace(/^until /, '');
}
/** The first IDs that an exception names. HTML. */
function ids({ ids: all }) {
    const shown = all.slice(0, 3).map((id) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(id, 80));
    return `${shown.join(', ')}${all.length > shown.length ? ` and ${all.length - shown.length} more` : ''}`;
}


/***/ }),

/***/ 16878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ET: () => (/* binding */ refusedWords),
/* harmony export */   EU: () => (/* binding */ shortName),
/* harmony export */   Hi: () => (/* binding */ reachabilityWords),
/* harmony export */   IK: () => (/* binding */ reasonWords),
/* harmony export */   L2: () => (/* binding */ verdictWords),
/* harmony export */   Oc: () => (/* binding */ toleratedWords),
/* harmony export */   Of: () => (/* binding */ namedPlatforms),
/* harmony export */   So: () => (/* binding */ untilWords),
/* harmony export */   WV: () => (/* binding */ whyWords),
/* harmony export */   WW: () => (/* binding */ refusalWords),
/* harmony export */   a9: () => (/* binding */ withoutHosts),
/* harmony export */   c5: () => (/* binding */ standardWord),
/* harmony export */   eV: () => (/* binding */ shortReference),
/* harmony export */   f9: () => (/* binding */ limitsExceededBy),
/* harmony export */   sD: () => (/* binding */ instructionWords),
/* harmony export */   vK: () => (/* binding */ weakeningWords),
/* harmony export */   vd: () => (/* binding */ limitWords),
/* harmony export */   wJ: () => (/* binding */ judgedWith)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76365);
/* harmony import */ var _results_modes_enforcement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43377);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8829);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41956);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4310);
/** How findings, reasons and verdicts are put into words: plain text that is not escaped yet. */





/** Why a finding has its effect. The name of a rule and the reason of an exception are external text. */
function reasonWords(reason) {
    switch (reason.kind) {
        case 'rule': {
            const missing = reason.missing.length === 0 ? '' : ` (no data: ${reason.missing.join(', ')})`;
            return `rule ${reason.rule}${missing}`;
        }
        case 'exception':
            return exceptionWords(reason.exception);
        case 'baseline':
            return `also in the baseline (otherwise ${reasonWords(reason.instead)})`;
        case 'suppressed':
            return 'suppressed in Inspector';
        case 'fail-on':
        case 'warn-on':
            return `${reason.kind}: ${reason.threshold}`;
        case 'below-thresholds':
            return 'below the thresholds';
        case 'unfixed':
            return 'no fix yet (ignore-unfixed)';
        case 'untriaged':
            return 'not rated by the vendor yet';
        case 'unknown-severity':
            return 'unknown severity';
    }
}
/** What allows a finding: `exception until 2026-12-31: REASON`, or a VEX status and its justification. */
function exceptionWords({ origin, status, reason, expires }) {
    const what = origin === 'vex' ? `VEX ${status}` : `exception${expires ? ` until ${(0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .lastDay */ .NY)(expires)}` : ''}`;
    return reason === undefined ? what : `${what}: ${reason}`;
}
/**
 * Why the exceptions that name a finding do not allow it; undefined if none names it.
 * `exception expired after 2026-05-12, 20 days ago`, `exception refused: …`.
 * @param judgedAt the time at which exceptions were judged
 */
function refusedWords({ refused }, judgedAt) {
    const [first, ...others] = refused;
    if (first === undefined)
        return undefined;
    const { exception, refusal } = first;
    const what = exception.origin === 'vex' ? 'VEX statement' : 'exception';
    const why = refusalWords(refusal, judgedAt);
    const more = others.length === 0 ? '' : ', and others that do not apply';
    return `${what} ${refusal.kind === 'expired' ? why : `refused: ${why}`}${more}`;
}
/** The reason of a finding's effect and, if an exception names it and does not apply, why: for one line of text. */
function whyWords(judged, judgedAt) {
    return [reasonWords(judged.reason), refusedWords(judged, judgedAt)]
        .filter((part) => part !== undefined)
        .join('; ');
}
/** Why an exception does not apply. */
function refusalWords(refusal, judgedAt) {
    switch (refusal.kind) {
        case 'expired':
            return `expired after ${(0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .lastDay */ .NY)(refusal.since)}${agoWords(refusal.since, judgedAt)}`;
        case 'not-yet':
            return 'its date is in the future';
        case 'max-duration':
            return `${refusal.days === undefined ? 'no expiry date' : (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(refusal.days, 'day')}, the policy allows ${daysWords(refusal.maxDurationMs)}`;
        case 'required':
            return `it has no ${refusal.field}, which the policy requires`;
        case 'never': {
            const [which, unknown] = FORBIDDEN[refusal.what];
            return `the policy allows no exception for ${refusal.unknown ? unknown : which}`;
        }
        case 'fix-available':
            return 'it applies only until there is a fix, and the scanner does not report that there is none';
        case 'other-package':
            return otherPackageWords(refusal);
    }
}
/** For what a policy allows no exception: the findings, and the same if it is unknown whether this is one. */
const FORBIDDEN = {
    severity: ['findings of this severity', 'some severities, and the severity is unknown'],
    score: ['findings with this score', 'some scores, and the score is unknown'],
    'known-exploited': [
        'known exploited vulnerabilities',
        'known exploited vulnerabilities, and whether this is one is unknown',
    ],
};
/** How many days ago the last day was on which something applied. */
function agoWords(since, judgedAt) {
    if (judgedAt === undefined)
        return '';
    const dayOf = (ms) => Math.floor(ms / _time_js__WEBPACK_IMPORTED_MODULE_1__/* .DAY_MS */ .sO);
    const days = dayOf(judgedAt.getTime()) - dayOf(since.getTime() - 1);
    if (Number.isNaN(days))
        return '';
    return days < 1 ? ', today' : `, ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(days, 'day')} ago`;
}
/** A duration as policies have it: the number of days, or the units if these are not whole days. */
function daysWords(ms) {
    return ms % _time_js__WEBPACK_IMPORTED_MODULE_1__/* .DAY_MS */ .sO === 0 ? String(ms / _time_js__WEBPACK_IMPORTED_MODULE_1__/* .DAY_MS */ .sO) : (0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(ms);
}
/** What the scanner reports, or does not report, of each aspect of a package. */
const ASPECTS = {
    type: 'operating system or package manager',
    vendor: 'operating system',
    release: 'operating system',
    version: 'version',
    architecture: 'architecture',
    qualifier: 'qualifiers',
};
/** `it is about pkg:deb/debian/zlib?distro=debian-11, but the scanner reports the operating system DEBIAN_12`. */
function otherPackageWords({ aspect, differs, purl, found }) {
    const what = ASPECTS[aspect];
    if (aspect === 'qualifier')
        return `it is about ${purl}, and not all of its qualifiers can be compared`;
    if (found === undefined)
        return `it is about ${purl}, and the scanner reports no ${what} to compare`;
    if (differs)
        return `it is about ${purl}, but the scanner reports the ${what} ${found}`;
    const missing = aspect === 'vendor' ? '; add the vendor to the package URL' : '';
    return `it is about ${purl}, which cannot be compared with the ${what} ${found} that the scanner reports${missing}`;
}
/** `until 2026-12-05, in 10 days`; without a date if it does not end. */
function untilWords(ends, judgedAt) {
    if (ends === undefined)
        return 'no end';
    const days = judgedAt === undefined ? Number.NaN : Math.floor((ends.getTime() - judgedAt.getTime()) / _time_js__WEBPACK_IMPORTED_MODULE_1__/* .DAY_MS */ .sO);
    const left = Number.isNaN(days) ? '' : days < 1 ? ', today' : `, in ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(days, 'day')}`;
    return `until ${(0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .lastDay */ .NY)(ends)}${left}`;
}
/** The inputs with which the workflow allows more than the policy: `base-image`, `fail-on: none`. */
function weakeningWords({ weakened = {} }) {
    return Object.entries(weakened).map(([input, value]) => (value === true ? input : `${input}: ${value}`));
}
/** What the inputs of the workflow weaken: the policy, or the thresholds if there is no policy. */
function standardWord({ documents }) {
    return documents?.policy === undefined ? 'thresholds' : 'policy';
}
/** The limits that an image exceeds, as `limitWords` says them. */
function limitsExceededBy(image) {
    return (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__/* .verdictsIn */ .kR)([image]).flatMap(({ exceededLimits }) => exceededLimits.map(limitWords));
}
/** `12 high findings (the policy allows 10)`. */
function limitWords({ severity, allowed, found }) {
    return `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(found, `${severity} finding`)} (the policy allows ${allowed})`;
}
/** Whether the image's own command reaches a package. Empty if that is unknown, as it is of basic scanning. */
function reachabilityWords({ reachability, }) {
    return reachability === undefined ? '' : REACHABILITIES[reachability];
}
const REACHABILITIES = {
    reachable: 'reachable',
    'not-reachable': 'not reachable',
};
/** A Dockerfile instruction for reading: the digest that Docker writes for a file is shortened. */
function instructionWords(instruction) {
    return instruction.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');
}
/** The platforms that have a name. An image without an index may have none. */
function namedPlatforms(platforms) {
    return platforms.filter((platform) => platform !== _results_finding_js__WEBPACK_IMPORTED_MODULE_4__/* .NO_PLATFORM */ .od);
}
/** The findings of an image that have an effect; none if it was not judged. */
function judgedWith(image, effect) {
    return image.outcome.kind === 'judged'
        ? image.outcome.verdict.judged.filter((finding) => finding.effect === effect)
        : [];
}
/** `enforce is false: the step succeeds, although 2 of 3 images did not pass`; undefined if the step fails or passes anyway. */
function toleratedWords({ tolerated, images }) {
    if (!tolerated)
        return undefined;
    const although = images.length === 0
        ? 'the run ended without a verdict'
        : `${(0,_results_modes_enforcement_js__WEBPACK_IMPORTED_MODULE_0__/* .failedImages */ .Y)(images).length} of ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(images.length, 'image')} did not pass`;
    return `enforce is false: the step succeeds, although ${although}`;
}
/** The verdict of an image in words. */
function verdictWords(image) {
    const { outcome } = image;
    if (outcome.kind === 'error' && outcome.error.code === 'not-verified')
        return 'Not verified';
    return _kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .VERDICT_WORDS */ ._G[(0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__/* .verdictOf */ .Vj)(image)];
}
/** The name of the image in the workflow, shortened to `REPOSITORY:TAG` or `REPOSITORY`. */
function shortName(image) {
    const [reference] = image.references;
    if (reference === undefined)
        return image.repository;
    const [name = ''] = shortReference(reference).split('@', 1);
    return name;
}
/** A text in which images have no host, such as `team/app:1.4.2`: for titles, which have no room for it. */
function withoutHosts(text) {
    return text.replace(/\b\d{12}\.dkr[.-]ecr[a-z0-9.-]{1,100}\//g, '');
}
/** A reference without the host of an ECR registry. */
function shortReference(reference) {
    return reference.replace(/^\d{12}\.dkr[.-]ecr[^/]*\//, '');
}


/***/ }),

/***/ 81477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   L1: () => (/* binding */ vulnerability),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   OS: () => (/* binding */ more),
/* harmony export */   TM: () => (/* binding */ firstLine),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   c_: () => (/* binding */ tableOf),
/* harmony export */   e5: () => (/* binding */ bullets),
/* harmony export */   kB: () => (/* binding */ time),
/* harmony export */   nM: () => (/* binding */ row),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   ru: () => (/* binding */ SEVERITY_MARKS),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   yf: () => (/* binding */ severity),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(36625);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24686);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95964);
/* harmony import */ var _links_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35398);
/**
 * The HTML blocks of summary and comment. Each block starts with a block tag at the start of a line, contains no blank line,
 * and is followed by one. GitHub does not process Markdown in such a block, so text needs HTML escaping and nothing else,
 * and cannot break a table. External text is in <code>, where GitHub creates no links, mentions or emoji.
 */




function code(text, max = 200) {
    return `<code>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(text, max))}</code>`;
}
/** A link. The address must be one that this room creates or knows. The label is HTML. */
function link(address, label) {
    return `<a href="${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(address)}">${label}</a>`;
}
/** A time to the second, in UTC. */
function time(date) {
    return Number.isNaN(date.getTime())
        ? 'unknown'
        : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
/** Text of several lines, such as the output of another program. */
function lines(text) {
    return text
        .split(/[\r\n]+/)
        .filter((part) => part.trim() !== '')
        .map(prose)
        .join('<br>');
}
function firstLine(text) {
    return text.split(/[\r\n]/, 1)[0] ?? '';
}
// A word that contains more than letters and a final mark could become a link, a mention or an emoji.
const PLAIN_WORD = /^["'(]?(\p{L}+(['’-]\p{L}+)*|\d{1,6})["')]?[.,;:!?]?$|^[–—→(]$/u;
// A command at the end of a next step stays in one piece, so that it can be copied.
const COMMAND = /^(.*[:(] ?)(aws [a-z0-9]+ [a-z-]+[^()]*?)([).]*)$/s;
/** A sentence with names in it. Every word that is not plain, and every command, is in <code>. */
function prose(text) {
    const [, before, command, after] = COMMAND.exec(text) ?? [];
    if (before === undefined || command === undefined)
        return sentence(text);
    return `${sentence(before)}${before.endsWith(' ') ? ' ' : ''}<code>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(command)}</code>${after}`;
}
function sentence(text) {
    const words = text.split(' ').filter((word) => word !== '');
    return words
        .map((word, index) => {
        if (PLAIN_WORD.test(word))
            return (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(word);
        const opens = index === 0 || PLAIN_WORD.test(words[index - 1] ?? '');
        const closes = index === words.length - 1 || PLAIN_WORD.test(words[index + 1] ?? '');
        // A final mark belongs to the sentence, not to the name before it. So does a bracket that the name does not open.
        const end = word.includes('(') ? /^(.+?)([.,;:!?]?)$/su : /^(.+?)(\)?[.,;:!?]?)$/su;
        const [, name = word, mark = ''] = (closes ? end.exec(word) : null) ?? [];
        return `${opens ? '<code>' : ''}${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(name)}${closes ? `</code>${mark}` : ''}`;
    })
        .join(' ');
}
function details(summary, content, open = false) {
    return `<details${open ? ' open' : ''}>\n<summary>${summary}</summary>\n${content.join('\n')}\n</details>`;
}
function bullets(items) {
    return `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
}
function table(head, rows) {
    return tableOf(head, rows.map(row));
}
/** A table of rendered rows; without a head if all its cells are empty. */
function tableOf(head, rows) {
    const heads = head.some((cell) => cell !== '')
        ? `<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n`
        : '';
    return `<table>\n${heads}${rows.join('\n')}\n</table>`;
}
function row(cells) {
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
/** How many entries are not shown, and where they are. */
function more(count) {
    return count > 0 ? [`<p>${count} more in <code>report.json</code>.</p>`] : [];
}
/** The ID of a vulnerability, with a link if its form is known. */
function vulnerability(id) {
    const address = (0,_links_js__WEBPACK_IMPORTED_MODULE_1__/* .advisoryUrl */ .Le)(id);
    return address === undefined ? code(id, 80) : link(address, id);
}
const SEVERITY_MARKS = {
    critical: '🔴',
    high: '🟠',
    medium: '🟡',
    low: '🔵',
    informational: '⚪',
    untriaged: '❔',
};
function severity(value) {
    const word = (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .severityWord */ .Oh)(value);
    return word === undefined ? `❔&nbsp;${code(value, 40)}` : `${SEVERITY_MARKS[word] ?? ''}&nbsp;${word}`;
}


/***/ }),

/***/ 35398:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K0: () => (/* binding */ vendorAdvisory),
/* harmony export */   Le: () => (/* binding */ advisoryUrl),
/* harmony export */   Oo: () => (/* binding */ linkedArtifactsUrl),
/* harmony export */   tr: () => (/* binding */ consoleLinks)
/* harmony export */ });
/** Links to advisories and to the AWS console. Only addresses of a known form become links. */
/** The page that describes a vulnerability; undefined for an ID of an unknown form. */
function advisoryUrl(id) {
    if (/^CVE-\d{4}-\d{4,12}$/.test(id))
        return `https://nvd.nist.gov/vuln/detail/${id}`;
    if (/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/.test(id))
        return `https://github.com/advisories/${id}`;
    return undefined;
}
// The sites on which the vendors that Inspector uses publish their advisories.
const VENDORS = new Map(Object.entries({
    'access.redhat.com': 'Red Hat',
    'alas.aws.amazon.com': 'Amazon Linux',
    'errata.almalinux.org': 'AlmaLinux',
    'errata.rockylinux.org': 'Rocky Linux',
    'explore.alas.aws.amazon.com': 'Amazon Linux',
    'linux.oracle.com': 'Oracle Linux',
    'people.canonical.com': 'Ubuntu',
    'security-tracker.debian.org': 'Debian',
    'security.alpinelinux.org': 'Alpine',
    'ubuntu.com': 'Ubuntu',
    'www.suse.com': 'SUSE',
}));
/** The vendor's advisory behind a finding; undefined for any other address. */
function vendorAdvisory(sourceUrl) {
    if (sourceUrl === undefined || !/^https:\/\/[a-z.-]+\/[\w./~%?=&#-]{1,200}$/.test(sourceUrl))
        return undefined;
    const { hostname, href } = new URL(sourceUrl);
    const vendor = VENDORS.get(hostname);
    return vendor === undefined ? undefined : { vendor, url: href };
}
/** The page of an organization's linked artifacts on github.com or another GitHub server; undefined for any other address. */
function linkedArtifactsUrl(page) {
    const isKnown = page !== undefined && /^https?:\/\/[\w.-]{1,253}(:\d{1,5})?\/orgs\/[\w-]{1,100}\/artifacts$/.test(page);
    return isKnown ? page : undefined;
}
/** Pages of the AWS console about an image; none for a Region with an unknown console. */
function consoleLinks({ account, region, repository, digest, }) {
    const host = consoleHost(region);
    const known = /^\d{12}$/.test(account) &&
        /^[a-z0-9/._-]{2,256}$/.test(repository) &&
        /^sha256:[0-9a-f]{64}$/.test(digest);
    if (host === undefined || !known)
        return [];
    return [
        {
            name: 'Amazon ECR',
            url: `https://${host}/ecr/repositories/private/${account}/${repository}/_/image/${digest}/details?region=${region}`,
        },
        { name: 'Amazon Inspector', url: `https://${host}/inspector/v2/home?region=${region}#/findings/all` },
    ];
}
function consoleHost(region) {
    if (/^cn-[a-z]+-\d$/.test(region))
        return `${region}.console.amazonaws.cn`;
    if (/^us-gov-[a-z]+-\d$/.test(region))
        return `${region}.console.amazonaws-us-gov.com`;
    if (/^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/.test(region))
        return `${region}.console.aws.amazon.com`;
    return undefined;
}


/***/ }),

/***/ 41342:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ oncePer)
/* harmony export */ });
/** Values that several forms of a report need. */
/** A function that computes its result once for each argument. The argument must not change. */
function oncePer(compute) {
    const known = new WeakMap();
    return (key) => {
        const found = known.get(key) ?? { value: compute(key) };
        known.set(key, found);
        return found.value;
    };
}


/***/ }),

/***/ 4310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HL: () => (/* binding */ enumerate),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   _G: () => (/* binding */ VERDICT_WORDS),
/* harmony export */   j7: () => (/* binding */ MARKS)
/* harmony export */ });
const MARKS = {
    pass: '✅',
    warn: '⚠️',
    block: '⛔',
    error: '❌',
};
const VERDICT_WORDS = {
    pass: 'Passed',
    warn: 'Passed with warnings',
    block: 'Blocked',
    error: 'No verdict',
};
/** `1 finding`, `2 findings`. */
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
/** `a`, `a and b`, `a, b and c`. */
function enumerate(texts) {
    return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
/** A text in which every digest is shortened to its first twelve digits. */
function shortDigest(text) {
    return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/g, '$1');
}


/***/ })

};

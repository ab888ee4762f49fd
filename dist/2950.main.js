export const id = 2950;
export const ids = [2950];
export const modules = {

/***/ 32950:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readBaselineReport: () => (/* binding */ readBaselineReport)
});

// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ../node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(37728);
// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
// EXTERNAL MODULE: ./results/severity.js
var severity = __webpack_require__(36625);
;// CONCATENATED MODULE: ./report/findings/document-finding.js
/** The parts of the format of `report.json` that findings consist of: packages, reasons, refusals and exceptions. */


const integer = dist/* pipe */.FsL(dist/* number */.aig(), dist/* safeInteger */.Y2b(), dist/* minValue */.Wwf(0));
const duration = dist/* pipe */.FsL(dist/* number */.aig(), dist/* minValue */.Wwf(0));
const verdict = dist/* pipe */.FsL(dist/* picklist */.KIO(['pass', 'warn', 'block', 'error']), dist/* description */.h_('Verdict on an image or a run.'));
const threshold = dist/* pipe */.FsL(dist/* picklist */.KIO(severity/* THRESHOLDS */.Rm), dist/* description */.h_('A severity, or none.'));
const digest = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^sha256:[0-9a-f]{64}$/), dist/* description */.h_('Digest of a manifest.'));
const date = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/), dist/* description */.h_('A time in UTC, ISO 8601.'));
const ERROR_CODES = [
    'input',
    'not-found',
    'access-denied',
    'credentials',
    'configuration',
    'unscannable',
    'not-proven',
    'timeout',
    'aws',
    'signing',
    'not-verified',
    'cancelled',
    'internal',
];
const error = dist/* pipe */.FsL(dist/* strictObject */.rej({
    code: said(dist/* picklist */.KIO(ERROR_CODES), 'Kind of error.'),
    message: said(dist/* string */.YjP(), 'What happened, for a person.'),
    nextStep: said(dist/* nullable */.mee(dist/* string */.YjP()), 'What to do about it.'),
}), dist/* description */.h_('Why there is no verdict.'));
const counts = dist/* pipe */.FsL(dist/* strictObject */.rej({
    critical: said(integer, 'CRITICAL'),
    high: said(integer, 'HIGH'),
    medium: said(integer, 'MEDIUM'),
    low: said(integer, 'LOW'),
    informational: said(integer, 'INFORMATIONAL'),
    untriaged: said(integer, 'UNTRIAGED: the vendor has not rated it yet.'),
    unknown: said(integer, 'Severities that this version of the action does not know.'),
    total: said(integer, 'All of them.'),
}), dist/* description */.h_('Number of active findings by severity.'));
const origin = dist/* nullable */.mee(dist/* picklist */.KIO(['base', 'application']));
const vulnerablePackage = dist/* pipe */.FsL(dist/* strictObject */.rej({
    name: said(dist/* string */.YjP(), 'Name.'),
    version: said(dist/* string */.YjP(), 'Installed version.'),
    epoch: said(dist/* nullable */.mee(dist/* number */.aig()), 'Epoch of the installed version.'),
    release: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Release of the installed version.'),
    arch: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Architecture.'),
    manager: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Package manager, such as OS, NPM or JAR.'),
    fixedIn: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Version that fixes the vulnerability.'),
    filePath: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Path in the image.'),
    layer: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Digest of the layer that contains it.'),
    instruction: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Dockerfile instruction that created the layer. External text: escape it before you display it.'),
    origin: said(origin, 'Whether the layer belongs to the base image, verified against the layers of a base image that the workflow names; null if unknown.'),
    statedOrigin: said(origin, 'Whether the layer belongs to the base image, according to the image itself; it has no effect on the verdict.'),
    reachability: said(dist/* nullable */.mee(dist/* picklist */.KIO(['reachable', 'not-reachable'])), 'Whether the command in the config of the image (ENTRYPOINT and CMD) reaches the package, according to Amazon Inspector; null if unknown.'),
    remediation: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Command that the service recommends.'),
}), dist/* description */.h_('A vulnerable package.'));
const cvss = dist/* pipe */.FsL(dist/* strictObject */.rej({
    baseScore: dist/* number */.aig(),
    version: said(dist/* string */.YjP(), 'Version of CVSS, such as 3.1.'),
    vector: dist/* string */.YjP(),
    source: said(dist/* string */.YjP(), 'Who rated it, such as NVD.'),
}), dist/* description */.h_('A rating by the Common Vulnerability Scoring System.'));
const DETAILS = [
    'severity',
    'score',
    'epss',
    'known-exploited',
    'exploit-available',
    'fix-available',
    'age',
    'platform',
    'package',
    'layer',
    'reachability',
];
/** The reasons that stand on their own. */
const plainReasons = [
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('fail-on'), threshold: said(threshold, 'The threshold.') }), dist/* description */.h_('At or above fail-on.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('warn-on'), threshold: said(threshold, 'The threshold.') }), dist/* description */.h_('At or above warn-on.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('below-thresholds') }), dist/* description */.h_('Below fail-on and warn-on.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('unfixed'), threshold: said(threshold, 'The threshold.') }), dist/* description */.h_('At or above fail-on, but it has no fix and ignore-unfixed is true.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('untriaged') }), dist/* description */.h_('The vendor has not rated it yet.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({
        kind: dist/* literal */.euz('unknown-severity'),
        severity: said(dist/* string */.YjP(), 'The severity.'),
    }), dist/* description */.h_('A severity that this version of the action does not know.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('suppressed') }), dist/* description */.h_('Suppressed in Inspector; the policy says what happens to such findings.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({
        kind: dist/* literal */.euz('rule'),
        rule: said(dist/* string */.YjP(), 'Name of the rule.'),
        reason: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Reason that the rule gives.'),
        missing: said(list(dist/* picklist */.KIO(DETAILS)), 'Data that the rule requires and that is unavailable; it is treated as the stricter case.'),
    }), dist/* description */.h_('A rule of the policy.')),
];
const reason = dist/* pipe */.FsL(dist/* variant */.Oxt('kind', [
    ...plainReasons,
    dist/* pipe */.FsL(dist/* strictObject */.rej({
        kind: dist/* literal */.euz('exception'),
        source: said(dist/* string */.YjP(), "Source of the exception or VEX statement, one of the image's exceptions."),
        instead: dist/* lazy */.RZV(() => reason),
    }), dist/* description */.h_('An exception or a VEX statement allows it. instead: the reason without it.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('baseline'), instead: dist/* lazy */.RZV(() => reason) }), dist/* description */.h_('The baseline has it too. instead: the reason without the baseline.')),
]), dist/* description */.h_('Why a finding has its effect.'));
const refusal = dist/* pipe */.FsL(dist/* variant */.Oxt('kind', [
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('expired'), since: said(dist/* nullable */.mee(date), 'When it expired.') }), dist/* description */.h_('It has expired.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('not-yet'), from: said(dist/* nullable */.mee(date), 'Its date.') }), dist/* description */.h_('A VEX statement with a date in the future.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({
        kind: dist/* literal */.euz('max-duration'),
        maxDurationMs: said(dist/* number */.aig(), 'Longest duration that the policy allows, in milliseconds.'),
        days: said(dist/* nullable */.mee(dist/* pipe */.FsL(dist/* number */.aig(), dist/* safeInteger */.Y2b())), 'Number of days until it ends, rounded up; null if it has no end.'),
    }), dist/* description */.h_('It ends later than the policy allows.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({
        kind: dist/* literal */.euz('required'),
        field: said(dist/* picklist */.KIO(['reason', 'expires', 'approved-by', 'ticket']), 'The missing field.'),
    }), dist/* description */.h_('It lacks a field that the policy requires.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({
        kind: dist/* literal */.euz('never'),
        what: said(dist/* picklist */.KIO(['severity', 'known-exploited', 'score']), 'What forbids it.'),
        unknown: said(dist/* boolean */.zMY(), 'Whether that is unknown of the finding; it is then forbidden too.'),
    }), dist/* description */.h_('The policy allows no exception for such a finding.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({ kind: dist/* literal */.euz('fix-available') }), dist/* description */.h_('It applies only while there is no fix.')),
    dist/* pipe */.FsL(dist/* strictObject */.rej({
        kind: dist/* literal */.euz('other-package'),
        aspect: said(dist/* picklist */.KIO(['type', 'vendor', 'release', 'version', 'architecture', 'qualifier']), 'What differs or cannot be compared.'),
        differs: said(dist/* boolean */.zMY(), 'true: it differs. false: it cannot be compared.'),
        purl: said(dist/* string */.YjP(), 'Package URL in the statement.'),
        found: said(dist/* nullable */.mee(dist/* string */.YjP()), 'What the scanner reports instead; null if it reports nothing.'),
    }), dist/* description */.h_('A VEX statement that may be about another package than the one that was found.')),
]), dist/* description */.h_('Why an exception or VEX statement does not apply.'));
const finding = dist/* pipe */.FsL(dist/* strictObject */.rej({
    ids: said(list(dist/* string */.YjP()), "IDs of the service's findings, one per platform: ARNs for enhanced scanning."),
    vulnerability: said(dist/* string */.YjP(), 'ID of the vulnerability, such as CVE-2026-12345.'),
    related: said(list(dist/* string */.YjP()), 'Other IDs of the same vulnerability.'),
    type: said(dist/* string */.YjP(), "The service's type of finding, such as PACKAGE_VULNERABILITY."),
    title: said(dist/* string */.YjP(), 'Title from the service. External text: escape it before you display it.'),
    severity: said(dist/* string */.YjP(), 'CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNTRIAGED, or a value that the service has added since.'),
    vendorSeverity: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Severity according to the vendor of the package.'),
    status: said(dist/* string */.YjP(), 'ACTIVE, SUPPRESSED, or a value that the service has added since.'),
    score: said(dist/* nullable */.mee(dist/* number */.aig()), "The service's score, 0 to 10."),
    cvss: said(list(cvss), 'Its CVSS ratings.'),
    epss: said(dist/* nullable */.mee(dist/* number */.aig()), 'Probability of exploitation in the next 30 days, 0 to 1.'),
    fixAvailable: said(dist/* nullable */.mee(dist/* string */.YjP()), 'YES, NO or PARTIAL; null if the scanner does not say.'),
    exploitAvailable: said(dist/* nullable */.mee(dist/* string */.YjP()), 'YES or NO; null if the scanner does not say.'),
    knownExploited: said(dist/* nullable */.mee(dist/* boolean */.zMY()), 'Whether it is in the CISA catalog of known exploited vulnerabilities (KEV); null if that is unknown or the verdict did not depend on it.'),
    packages: said(list(vulnerablePackage), 'The vulnerable packages.'),
    platforms: said(list(dist/* string */.YjP()), 'The platforms that have it, such as linux/amd64.'),
    operatingSystem: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Operating system of the image, as Inspector names it, such as DEBIAN_12.'),
    source: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Database that describes the vulnerability, such as NVD.'),
    sourceUrl: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Address of that description.'),
    // There is no date of the last scan: every scan would change every finding.
    firstObservedAt: said(dist/* nullable */.mee(date), 'When the service first observed it.'),
}), dist/* description */.h_('A vulnerability of the image on all its platforms, without a judgement.'));
const judgedFinding = dist/* pipe */.FsL(dist/* strictObject */.rej({
    ...finding.entries,
    effect: said(dist/* picklist */.KIO(['block', 'warn', 'allow']), 'Its effect on the verdict.'),
    reason,
    inBaseline: said(dist/* nullable */.mee(dist/* boolean */.zMY()), 'Whether the baseline has it too; null if there is no baseline.'),
    refused: said(list(dist/* strictObject */.rej({
        source: said(dist/* string */.YjP(), "Source of the exception or VEX statement, one of the image's exceptions."),
        refusal,
    })), 'If it blocks or warns: exceptions and VEX statements that name it and do not apply to it, at most ten.'),
}), dist/* description */.h_('A vulnerability of the image on all its platforms, and its effect on the verdict.'));
const glob = dist/* nullable */.mee(dist/* string */.YjP());
const exception = dist/* pipe */.FsL(dist/* strictObject */.rej({
    origin: said(dist/* picklist */.KIO(['exceptions', 'vex']), 'An exceptions file or an OpenVEX document.'),
    source: said(dist/* string */.YjP(), 'File and line, or file and statement.'),
    ids: said(list(dist/* string */.YjP()), 'The vulnerabilities that it names.'),
    scope: said(dist/* nullable */.mee(dist/* strictObject */.rej({
        package: said(glob, 'Glob for the name of the package; null for any.'),
        image: said(glob, 'Glob for the name of the repository; null for any.'),
        platform: said(glob, 'Glob for the platform; null for any.'),
    })), 'The globs that limit it; null for an OpenVEX statement, which names products.'),
    status: said(dist/* picklist */.KIO(['accepted', 'false-positive', 'mitigated', 'not_affected', 'fixed']), 'What it states about the vulnerabilities.'),
    reason: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Its reason. External text: escape it before you display it.'),
    ends: said(dist/* nullable */.mee(date), 'It applies until this time.'),
    approvedBy: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Who approved it.'),
    ticket: said(dist/* nullable */.mee(dist/* string */.YjP()), 'Ticket that tracks it.'),
    matches: said(dist/* picklist */.KIO(['finding', 'vulnerability', 'image', 'nothing']), 'What it is about. finding: a finding of this image. vulnerability: a vulnerability that was found, in another image, platform or package. image: this image, and nothing that was found. nothing: other images.'),
    applied: said(integer, 'Number of findings that it allowed and that would have blocked or warned.'),
    needless: said(integer, 'Number of findings that it names and that needed no exception.'),
    refusals: said(list(refusal), 'Why it did not apply.'),
}), dist/* description */.h_('An exception or VEX statement, and how it was used.'));
/** A schema with what it means, for the JSON Schema. */
function said(schema, description) {
    return dist/* pipe */.FsL(schema, dist/* description */.h_(description));
}
function list(item) {
    return dist/* pipe */.FsL(dist/* array */.YOg(item), dist/* readonly */.tBZ());
}

// EXTERNAL MODULE: ./report/kit/earlier.js
var earlier = __webpack_require__(67647);
// EXTERNAL MODULE: ./report/verify/snapshot.js
var snapshot = __webpack_require__(48678);
;// CONCATENATED MODULE: ./report/verify/earlier.js
/** The report of an earlier run of the verify action. It is not trusted: it comes from an artifact or a file. */





/** As long as GitHub keeps an artifact by default. A comparison with an older report would not be meaningful. */
const MAX_AGE_DAYS = 90;
/**
 * The most images, and references of an image. The input `image` is an environment variable, which has at most 128 KiB in
 * Linux (MAX_ARG_STRLEN): fewer than 3,000 references. All names together fit into a Map, which has at most 2^24 entries.
 */
const MOST = 4_000;
const earlier_verdict = dist/* picklist */.KIO(['pass', 'warn', 'block', 'error']);
const earlier_text = dist/* string */.YjP();
/** Only the members that are compared, so that reports of other versions of the action can be read. */
const earlier_image = dist/* object */.Ikc({
    image: earlier_text,
    digest: dist/* nullable */.mee(earlier_text),
    references: dist/* pipe */.FsL(list(earlier_text), dist/* maxLength */.Ru6(MOST, `it has more than ${MOST} references`)),
    verdict: earlier_verdict,
    error: dist/* nullable */.mee(dist/* object */.Ikc({ code: earlier_text, message: earlier_text })),
    findings: list(dist/* object */.Ikc({
        vulnerability: earlier_text,
        severity: earlier_text,
        effect: dist/* picklist */.KIO(['block', 'warn', 'allow']),
        packages: list(dist/* object */.Ikc({ name: earlier_text, manager: dist/* nullable */.mee(earlier_text) })),
    })),
    exceededLimits: list(dist/* object */.Ikc({ severity: earlier_text, allowed: integer, found: integer })),
    exceptions: list(dist/* object */.Ikc({
        origin: dist/* picklist */.KIO(['exceptions', 'vex']),
        source: earlier_text,
        ids: list(earlier_text),
        scope: dist/* nullable */.mee(dist/* object */.Ikc({ package: dist/* nullable */.mee(earlier_text), image: dist/* nullable */.mee(earlier_text), platform: dist/* nullable */.mee(earlier_text) })),
        ends: dist/* nullable */.mee(date),
        matches: dist/* picklist */.KIO(['finding', 'vulnerability', 'image', 'nothing']),
        applied: integer,
        refusals: list(dist/* object */.Ikc({ kind: earlier_text })),
    })),
    proofs: list(dist/* object */.Ikc({
        kind: earlier_text,
        state: dist/* picklist */.KIO(['proven', 'failed', 'skipped', 'noted']),
        what: earlier_text,
        by: dist/* nullable */.mee(earlier_text),
        at: dist/* nullable */.mee(date),
        ageMs: dist/* nullable */.mee(dist/* number */.aig()),
        ends: dist/* optional */.lqM(dist/* nullable */.mee(date)),
        detail: dist/* nullable */.mee(earlier_text),
    })),
});
const report = dist/* object */.Ikc({
    schemaVersion: dist/* literal */.euz(1, 'schemaVersion is not 1'),
    action: dist/* object */.Ikc({ name: dist/* literal */.euz('ecr-deployment-gate', 'the action is not this one') }),
    startedAt: date,
    judgedAt: dist/* nullable */.mee(date),
    error: dist/* nullable */.mee(dist/* object */.Ikc({ code: earlier_text, message: earlier_text })),
    // The gate and the audit have none, and neither has a run that ended before it knew what to verify.
    verification: dist/* object */.Ikc({}, 'it is not an object, so the verify action has verified nothing'),
    // Without the images of the earlier run, nothing can be said of those that disappeared.
    images: dist/* pipe */.FsL(list(dist/* unknown */.L5J()), dist/* minLength */.BpQ(1, 'it is empty, so the run ended before it had read its images'), dist/* maxLength */.Ru6(MOST, `it has more than ${MOST} images`), list(earlier_image)),
});
/**
 * Reads what is compared of an earlier `report.json`.
 * @param now when this run started, by the runner's clock, as the earlier report has it of its own run
 * @throws Error that says what is wrong with it
 */
function readEarlierReport(bytes, now) {
    const { startedAt, judgedAt, error, images } = (0,earlier/* parseEarlier */.C)(bytes, report);
    // A cancelled run writes no issue, so what it found may not have been read.
    if (error?.code === 'cancelled')
        throw new Error('its run was cancelled');
    const ageMs = now.getTime() - new Date(startedAt).getTime();
    if (!(ageMs >= 0))
        throw new Error(`its run started at ${startedAt}, which is later than this run`);
    if (ageMs > MAX_AGE_DAYS * time/* DAY_MS */.sO)
        throw new Error(`it is older than ${MAX_AGE_DAYS} days`);
    return (0,snapshot/* snapshotOf */.eY)({
        startedAt: new Date(startedAt),
        judgedAt: judgedAt === null ? undefined : new Date(judgedAt),
        error: error?.message,
        images,
    });
}

// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
// EXTERNAL MODULE: ./modes/earlier.js
var modes_earlier = __webpack_require__(82282);
;// CONCATENATED MODULE: ./modes/baseline-report.js




const NEXT_STEP = 'Set baseline-report to the path of the report.json that an earlier run of this step wrote.';
/**
 * Reads the earlier report. It only affects what is reported as new, so a report that cannot be used does not end the
 * run: everything then counts as new.
 */
async function readBaselineReport(path, { workspace, warn }, { startedAt, notices }) {
    try {
        const bytes = await (0,modes_earlier/* readEarlier */.l)('baseline-report', path, workspace, NEXT_STEP);
        if (bytes !== undefined)
            return snapshotIn(bytes, path, startedAt);
        notices.push(`There is no earlier report ${path}. Everything counts as new.`);
    }
    catch (error) {
        if (!(error instanceof errors/* GateError */.ue))
            throw error;
        const notice = (0,text_0/* sentences */.hC)(`${error.message} Everything counts as new.`, error.nextStep ?? NEXT_STEP);
        notices.push(notice);
        warn(notice);
    }
    return undefined;
}
function snapshotIn(bytes, path, now) {
    try {
        return readEarlierReport(bytes, now);
    }
    catch (error) {
        const message = `Input baseline-report: ${path} cannot be used as an earlier report: ${(0,errors/* messageOf */.bD)(error)}.`;
        throw new errors/* GateError */.ue('input', message, { nextStep: NEXT_STEP, cause: error });
    }
}


/***/ }),

/***/ 82282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ unusable),
/* harmony export */   l: () => (/* binding */ readEarlier)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75650);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60866);
/** The file of an earlier report. */


/** The report of an audit with half a million rows of access, or of a hundred images with many findings, is about this large. */
const MAX_EARLIER_BYTES = 256 * 1024 * 1024;
/**
 * Reads the file that an input names; undefined if there is none, as in the first run of a workflow.
 * @param nextStep what to do where it cannot be read
 * @throws GateError `input`
 */
async function readEarlier(input, path, workspace, nextStep) {
    const { real, missing } = await (0,_files_js__WEBPACK_IMPORTED_MODULE_1__/* .wayToInput */ .Lo)(input, path, workspace);
    if (missing.length > 0)
        return undefined;
    let bytes;
    try {
        bytes = await (0,_files_js__WEBPACK_IMPORTED_MODULE_1__/* .readRegularFile */ .XF)(real, MAX_EARLIER_BYTES);
    }
    catch (error) {
        throw unusable(input, path, `cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`, nextStep, error);
    }
    if (bytes.length <= MAX_EARLIER_BYTES)
        return bytes;
    throw unusable(input, path, `has more than ${MAX_EARLIER_BYTES / 1024 / 1024} MiB`, nextStep);
}
/** The error for a file that cannot be used as an earlier report. */
function unusable(input, path, why, nextStep, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input ${input}: ${path} ${why}.`, { nextStep, cause });
}


/***/ }),

/***/ 67647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ parseEarlier)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37728);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24686);
/** Reads the `report.json` of an earlier run, which comes from an artifact or the repository and is not trusted. */


/** A message may quote what the report says instead. */
const MAX_MESSAGE = 300;
/**
 * Reads what a schema describes.
 * @throws Error that says what is wrong with the report
 */
function parseEarlier(bytes, schema) {
    let document;
    try {
        document = JSON.parse(Buffer.from(bytes).toString('utf8'));
    }
    catch {
        throw new Error('it is not JSON');
    }
    // A report of 20 MB can have ten million mistakes.
    const { success, output, issues } = valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeParse */ .xLC(schema, document, { abortEarly: true });
    if (success)
        return output;
    const [first] = issues;
    throw new Error(`${valibot__WEBPACK_IMPORTED_MODULE_0__/* .getDotPath */ .BuJ(first) ?? 'the document'}: ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .clip */ .$Q)(first.message, MAX_MESSAGE)}`);
}


/***/ }),

/***/ 48678:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B1: () => (/* binding */ withoutNumbers),
/* harmony export */   Bx: () => (/* binding */ endWords),
/* harmony export */   eY: () => (/* binding */ snapshotOf)
/* harmony export */ });
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75795);
/* harmony import */ var _results_modes_verify_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2686);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41956);
/* harmony import */ var _findings_exceptions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(16589);
/**
 * What is compared of two reports of the verify action. Both are read from the same data, so that a report has no
 * difference from itself.
 */




/** What is compared of a report. Images are read one at a time: each may have many findings. */
function snapshotOf({ startedAt, judgedAt, error, images }) {
    const states = [];
    const found = new Map();
    for (const image of images) {
        const state = stateOf(image);
        states.push(state);
        for (const [key, expiry] of expiriesOf(image, state.name, judgedAt)) {
            const known = found.get(key) ?? { expiry, images: new Set() };
            known.images.add(state.name);
            found.set(key, known);
        }
    }
    const expiries = new Map([...found].map(([key, { expiry, images: all }]) => [key, { ...expiry, images: [...all] }]));
    return { startedAt, error, images: states, expiries };
}
/**
 * A text in which numbers, times, digests and request IDs are not compared: ages in a message change every day, and the same
 * failure of AWS has another request ID each time. Names with digits, such as `app1`, are compared.
 */
function withoutNumbers(text) {
    return text.replace(/[0-9a-z_-]+/gi, (word) => /^-*\d/.test(word) || /^(?=[^\d]*\d)[0-9a-f-]+$/i.test(word) ? '#' : word);
}
function stateOf(image) {
    const { image: uri, digest, references, verdict, error } = image;
    return {
        name: references[0] ?? uri,
        references,
        uri,
        names: [...new Set([...references, uri])],
        verdict,
        // With a digest, the error is about something else, such as a repository that the image was promoted from.
        isMissing: verdict === 'error' && digest === null && error?.code === 'not-found',
        isPending: verdict === 'error' && error?.code === 'not-proven' && error.message === _results_modes_verify_js__WEBPACK_IMPORTED_MODULE_2__/* .NOT_REACHED */ .r,
        reasons: (0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__/* .allows */ .NB)(verdict) ? [] : reasonsOf(image),
    };
}
function reasonsOf({ verdict, error, findings, exceededLimits, proofs }) {
    const reasons = [
        ...proofs
            // The findings are listed one by one.
            .filter(({ kind, state }) => state === 'failed' && kind !== 'findings')
            .map(({ kind, what, by, detail }) => reason(
        // The policy can require attestations of one type by several signers.
        [['proof', kind, what, by ?? '', withoutNumbers(detail ?? '')]], detail === null ? `${what}: not verified` : `${what}: ${detail}`)),
        ...findings.filter(({ effect }) => effect === 'block').map(findingReason),
        ...exceededLimits.map(({ severity, allowed, found }) => reason([['limit', severity]], `${found} findings with severity ${severity}, the policy allows ${allowed}`, found)),
    ];
    // The error of an image whose check failed says the same as the check.
    if (reasons.length > 0)
        return reasons;
    if (error === null)
        return [reason([['verdict', verdict]], 'no reason given')];
    return [reason([['error', error.code, withoutNumbers(error.message)]], error.message)];
}
/** Packages are compared by name and package manager, as those of a baseline are. */
function findingReason({ vulnerability, severity, packages, }) {
    const named = packages.length === 0 ? [{ name: '', manager: null }] : packages;
    const names = [...new Set(packages.map(({ name }) => name))];
    const where = names.length === 0 ? '' : ` in ${names.slice(0, 3).join(', ')}`;
    const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
    return reason(named.map(({ name, manager }) => ['finding', vulnerability, name, manager ?? '']), `${vulnerability} (${severity.toLowerCase()})${where}${more}`);
}
function reason(keys, text, count = 0) {
    return { keys: keys.map((key) => JSON.stringify(key)), count, text };
}
function* expiriesOf({ exceptions, proofs }, name, judgedAt) {
    for (const exception of exceptions) {
        const state = exceptionExpiry(exception, judgedAt);
        if (state === undefined)
            continue;
        const { origin, source, ids, scope, ends } = exception;
        // Lines of an exceptions file move. A VEX statement has no scope that would distinguish it from others.
        const identity = [origin, origin === 'vex' ? source : '', ids.toSorted(), scope, ends];
        yield [
            JSON.stringify([state, ...identity]),
            { state, what: exceptionText(exception), ends: dateOf(ends) },
        ];
    }
    for (const { kind, state, what, by, at, ageMs, ends } of proofs) {
        if (state !== 'proven' || !tooOldSoon(dateOf(at), ageMs, dateOf(ends)))
            continue;
        // What is renewed in time is not too old soon for a while. Its date is therefore not part of the key.
        yield [
            JSON.stringify(['soon', 'proof', kind, what, by, name]),
            { state: 'soon', what, ends: dateOf(ends) },
        ];
    }
}
/** Whether an exception allows findings and ends soon, or has expired and names a finding. */
function exceptionExpiry({ matches, applied, refusals, ends }, judgedAt) {
    if (matches === 'finding' && refusals.some(({ kind }) => kind === 'expired'))
        return 'expired';
    const end = dateOf(ends);
    if (applied === 0 || end === undefined || judgedAt === undefined)
        return undefined;
    const leftMs = end.getTime() - judgedAt.getTime();
    return leftMs > 0 && leftMs <= _findings_exceptions_js__WEBPACK_IMPORTED_MODULE_1__/* .SOON_MS */ .dl ? 'soon' : undefined;
}
function exceptionText({ origin, source, ids }) {
    const more = ids.length > 1 ? ` and ${ids.length - 1} more` : '';
    return `${origin === 'vex' ? 'VEX statement' : 'exception'} for ${ids[0] ?? 'nothing'}${more} (${source})`;
}
/** Within 14 days of the check, and in the second half of the time for which it counts: that may be shorter. */
function tooOldSoon(at, ageMs, ends) {
    if (at === undefined || ageMs === null || ends === undefined)
        return false;
    const validMs = ends.getTime() - at.getTime();
    const leftMs = validMs - ageMs;
    return leftMs <= _findings_exceptions_js__WEBPACK_IMPORTED_MODULE_1__/* .SOON_MS */ .dl && leftMs <= validMs / 2;
}
function dateOf(text) {
    if (text === null || text === undefined)
        return undefined;
    const date = new Date(text);
    return Number.isNaN(date.getTime()) ? undefined : date;
}
/** `until 2026-12-31`, `expired after 2026-12-31`. */
function endWords({ state, ends }) {
    if (ends === undefined)
        return state === 'soon' ? 'ends soon' : 'expired';
    return `${state === 'soon' ? 'until' : 'expired after'} ${(0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .lastDay */ .NY)(ends)}`;
}


/***/ })

};

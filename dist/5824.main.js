export const id = 5824;
export const ids = [5824];
export const modules = {

/***/ 45824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyOutputs: () => (/* binding */ verifyOutputs),
  verifyReport: () => (/* binding */ verifyReport),
  verifySummary: () => (/* binding */ verifySummary)
});

;// CONCATENATED MODULE: ./results/modes/changes.js
/** Whether there is anything to report. Without a usable earlier report, there always is. */
function hasChanged({ since, error, blocks, expiries, disappeared, resolved }) {
    const lists = [blocks, expiries, disappeared, resolved];
    return since === undefined || error !== undefined || lists.some(({ length }) => length > 0);
}

// EXTERNAL MODULE: ./results/modes/envelope.js
var envelope = __webpack_require__(75795);
// EXTERNAL MODULE: ./results/modes/verify.js
var verify = __webpack_require__(2686);
// EXTERNAL MODULE: ./report/findings/by-hand.js
var by_hand = __webpack_require__(33158);
// EXTERNAL MODULE: ./report/findings/comment.js
var comment = __webpack_require__(18946);
// EXTERNAL MODULE: ./report/findings/errors.js
var errors = __webpack_require__(29576);
// EXTERNAL MODULE: ./report/findings/json.js
var json = __webpack_require__(31281);
// EXTERNAL MODULE: ./report/findings/log.js
var log = __webpack_require__(30913);
// EXTERNAL MODULE: ./report/findings/outputs.js
var outputs = __webpack_require__(54041);
// EXTERNAL MODULE: ./report/findings/records.js
var records = __webpack_require__(31137);
// EXTERNAL MODULE: ./report/findings/sarif.js + 5 modules
var sarif = __webpack_require__(28260);
// EXTERNAL MODULE: ./report/findings/steps.js + 1 modules
var steps = __webpack_require__(83754);
// EXTERNAL MODULE: ./report/findings/summary.js
var summary = __webpack_require__(74179);
// EXTERNAL MODULE: ./results/modes/enforcement.js
var enforcement = __webpack_require__(43377);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
// EXTERNAL MODULE: ./report/findings/annotations.js
var annotations = __webpack_require__(43569);
// EXTERNAL MODULE: ./report/findings/words.js
var words = __webpack_require__(16878);
// EXTERNAL MODULE: ./report/kit/blocks.js
var kit_blocks = __webpack_require__(81477);
// EXTERNAL MODULE: ./report/kit/escape.js
var kit_escape = __webpack_require__(95964);
// EXTERNAL MODULE: ./report/kit/words.js
var kit_words = __webpack_require__(4310);
// EXTERNAL MODULE: ./report/verify/snapshot.js
var snapshot = __webpack_require__(48678);
;// CONCATENATED MODULE: ./report/verify/changes-section.js









const MAX_ROWS = 50;
/** How many rows of a list are shown, as far as there is room. */
const ROWS = [MAX_ROWS, 20, 5, 1];
const MAX_REASONS = 5;
const MAX_REASON = 300;
const MAX_IMAGES = 5;
/** GitHub shows no more than ten annotations of a level for a step. */
const MAX_SHOWN = 8;
const MAX_MESSAGE = 2_000;
const BEFORE = {
    absent: 'not in the earlier report',
    passing: 'passed',
    failing: 'did not pass',
};
const WHY = {
    'not-found': 'not found in ECR',
    'not-listed': 'no longer named in the input image',
};
/**
 * The section of the summary and of the issue. Nothing without an earlier report to compare with.
 * @param limitBytes the most bytes the section may have; rows that do not fit are counted
 */
function changeBlocks(result, limitBytes) {
    const { changes } = result;
    if (changes === undefined)
        return [];
    for (const rows of ROWS) {
        const blocks = blocksWith(rows, changes, result);
        if (Buffer.byteLength(blocks.join('\n\n')) <= limitBytes)
            return blocks;
    }
    return [TITLE, `<p>${(0,kit_escape/* html */.qy)(newsLine(changes))}</p>`];
}
const TITLE = '<h3>Since the last report</h3>';
function blocksWith(most, changes, result) {
    const { images } = result;
    const { since, error, blocks, expiries, disappeared, resolved } = changes;
    const opening = since === undefined
        ? 'No earlier report can be used, so everything counts as new.'
        : hasChanged(changes)
            ? `Compared with the report of ${(0,kit_blocks/* time */.kB)(since)}.`
            : `Nothing has changed since the report of ${(0,kit_blocks/* time */.kB)(since)}.${stillWords(images)}`;
    const section = (all, title, render) => all.length === 0 ? [] : [(0,kit_blocks/* details */.zH)(title, [render(all.slice(0, most)), ...(0,kit_blocks/* more */.OS)(all.length - most)], true)];
    return [
        TITLE,
        `<p>${opening}</p>`,
        ...(error === undefined ? [] : [`<p>🆕 No verdict: ${(0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)((0,kit_blocks/* firstLine */.TM)(error), MAX_REASON))}</p>`]),
        ...section(blocks, `🆕 ${newlyWords(blocks)}`, (rows) => (0,kit_blocks/* table */.tp)(['Image', 'Earlier report', 'Now', 'New reasons'], rows.map((block) => blockCells(block, result)))),
        ...section(expiries, `⏳ ${expiryWords(changes)}`, (rows) => (0,kit_blocks/* table */.tp)(['What', 'When', 'Images'], rows.map((expiry) => [
            (0,kit_blocks/* code */.aY)(expiry.what, MAX_REASON),
            `${expiry.state === 'soon' ? '⏳' : '⌛'} ${(0,snapshot/* endWords */.Bx)(expiry)}`,
            names(expiry.images),
        ]))),
        ...section(disappeared, `👻 ${disappearedWords(disappeared)}`, (rows) => (0,kit_blocks/* bullets */.e5)(rows.map(({ image, why, before }) => `${nameCell(image)}: ${WHY[why]}; it ${BEFORE[before]} in the earlier report`))),
        ...section(resolved, `✔️ ${resolvedWords(resolved)}`, (rows) => (0,kit_blocks/* bullets */.e5)(rows.map(nameCell))),
    ];
}
function blockCells({ image, before, verdict, reasons }, result) {
    const shown = reasons.slice(0, MAX_REASONS).map((text) => (0,kit_blocks/* code */.aY)((0,kit_blocks/* firstLine */.TM)((0,kit_words/* shortDigest */.VK)(text)), MAX_REASON));
    const left = reasons.length - shown.length;
    return [
        nameCell(image),
        BEFORE[before],
        `${kit_words/* MARKS */.j7[verdict]} ${nowWords(image, result)}`,
        `${shown.join('<br>')}${left > 0 ? `<br>and ${left} more` : ''}`,
    ];
}
/** `Blocked`, `Not verified` or `No verdict`. */
function nowWords(image, { images }) {
    const found = images.find(({ references }) => references[0] === image);
    return found === undefined ? kit_words/* VERDICT_WORDS */._G.error : (0,words/* verdictWords */.L2)(found);
}
function nameCell(image) {
    return (0,kit_blocks/* code */.aY)((0,kit_words/* shortDigest */.VK)((0,words/* shortReference */.eV)(image)), MAX_REASON);
}
function names(images) {
    const left = images.length - MAX_IMAGES;
    return `${images.slice(0, MAX_IMAGES).map(nameCell).join('<br>')}${left > 0 ? `<br>and ${left} more` : ''}`;
}
/**
 * The comment on the issue, so that its subscribers are told; undefined if nothing has changed.
 * @param limitBytes the most bytes the comment may have
 */
function renderNews(result, { url }, limitBytes) {
    if (result.changes === undefined || !hasChanged(result.changes))
        return undefined;
    const foot = url === undefined
        ? '<p>See the summary of the run.</p>'
        : `<p>See <a href="${(0,kit_escape/* html */.qy)(url)}">the summary of the run</a>.</p>`;
    const room = limitBytes - Buffer.byteLength(`\n\n${foot}`);
    return [...changeBlocks(result, room), foot].join('\n\n');
}
/** The changes as lines of the log. */
function changeLines({ changes, images }) {
    if (changes === undefined)
        return [];
    const { since, blocks, expiries, disappeared, resolved } = changes;
    if (!hasChanged(changes)) {
        return [`Nothing has changed since the report of ${timeOf(since)}.${stillWords(images)}`];
    }
    const short = (image) => (0,kit_words/* shortDigest */.VK)((0,words/* shortReference */.eV)(image));
    const lines = [
        `Since the report of ${timeOf(since)}: ${newsLine(changes)}`,
        ...blocks.map(({ image, before, reasons }) => `  ${short(image)} (${BEFORE[before]}): ${(0,text_0/* clip */.$Q)(reasons.slice(0, MAX_REASONS).join('; '), MAX_REASON)}`),
        ...expiries.map((expiry) => `  ${expiry.what}: ${(0,snapshot/* endWords */.Bx)(expiry)}`),
        ...disappeared.map(({ image, why }) => `  ${short(image)}: ${WHY[why]}`),
        ...resolved.map((image) => `  ${short(image)} now passes`),
    ];
    const left = lines.length - MAX_ROWS;
    return [...lines.slice(0, MAX_ROWS), ...(left > 0 ? [`  and ${left} more: see report.json`] : [])];
}
/**
 * The annotations: only what is new, and an error of the run as a whole. Without an earlier report that can be used, all of
 * them. Safe to print as they are.
 */
function changeAnnotations(result, dockerfile) {
    const { changes, error } = result;
    if (changes?.since === undefined)
        return (0,annotations/* annotations */.hk)(result, dockerfile);
    const { since, blocks, expiries, disappeared } = changes;
    const level = (0,annotations/* levelOf */.In)(result);
    const rest = blocks.slice(MAX_SHOWN);
    const ofRun = error === undefined ? [] : [(0,annotations/* errorAnnotation */.IR)(error, 'ECR Deployment Gate', level)];
    const still = stillWords(result.images);
    if (!hasChanged(changes)) {
        const quiet = { level: 'notice', title: 'Nothing has changed' };
        const message = `Nothing has changed since the report of ${timeOf(since)}.${still}`;
        return [...ofRun, ...(still === '' ? [] : [{ ...quiet, message }])];
    }
    return [
        ...(0,annotations/* toleratedAnnotations */.BH)(result),
        ...ofRun,
        ...blocks.slice(0, MAX_SHOWN).map(({ image, reasons }) => ({
            level,
            title: changes_section_text(`New: ${nowWords(image, result)}: ${(0,kit_words/* shortDigest */.VK)((0,words/* shortReference */.eV)(image))}`, 200),
            message: changes_section_text(reasons.slice(0, MAX_REASONS).join('; '), MAX_MESSAGE),
        })),
        ...grouped(level, newlyWords(rest), rest.map(({ image }) => (0,words/* shortReference */.eV)(image))),
        ...grouped('warning', expiryWords(changes), expiries.map((expiry) => `${expiry.what} (${(0,snapshot/* endWords */.Bx)(expiry)})`)),
        ...grouped('warning', disappearedWords(disappeared), disappeared.map(({ image, why }) => `${(0,words/* shortReference */.eV)(image)} (${WHY[why]})`)),
    ];
}
function grouped(level, title, entries) {
    if (entries.length === 0)
        return [];
    const left = entries.length - MAX_ROWS;
    const message = `${entries.slice(0, MAX_ROWS).join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
    return [{ level, title, message: changes_section_text(message, MAX_MESSAGE) }];
}
function changes_section_text(value, max) {
    return (0,kit_escape/* line */.n8)((0,text_0/* clip */.$Q)(value, max));
}
/** `2 images do not pass, for new reasons; 1 image now passes.` */
function newsLine(changes) {
    const { since, error, blocks, expiries, disappeared, resolved } = changes;
    const parts = [
        ...(since === undefined ? ['no earlier report can be used, so everything counts as new'] : []),
        ...(error === undefined ? [] : ['there is no verdict']),
        ...(blocks.length === 0 ? [] : [newlyWords(blocks)]),
        ...(expiries.length === 0 ? [] : [expiryWords(changes)]),
        ...(disappeared.length === 0 ? [] : [disappearedWords(disappeared)]),
        ...(resolved.length === 0 ? [] : [resolvedWords(resolved)]),
    ];
    return `${parts.join('; ')}.`;
}
function newlyWords({ length }) {
    return `${(0,kit_words/* plural */.LS)(length, 'image')} ${length === 1 ? 'does' : 'do'} not pass, for new reasons`;
}
function expiryWords({ expiries }) {
    const expired = expiries.filter(({ state }) => state === 'expired').length;
    const soon = expiries.length - expired;
    const parts = [
        ...(expired === 0 ? [] : [`${(0,kit_words/* plural */.LS)(expired, 'exception')} ${expired === 1 ? 'has' : 'have'} expired`]),
        ...(soon === 0
            ? []
            : [
                soon === 1
                    ? '1 exception or attestation ends within 14 days'
                    : `${soon} exceptions or attestations end within 14 days`,
            ]),
    ];
    return parts.join(', ');
}
function disappearedWords({ length }) {
    return `${(0,kit_words/* plural */.LS)(length, 'image')} disappeared`;
}
function resolvedWords({ length }) {
    return `${(0,kit_words/* plural */.LS)(length, 'image')} now ${length === 1 ? 'passes' : 'pass'}`;
}
/** ` 2 of 3 images still do not pass.` */
function stillWords(images) {
    const { length } = (0,enforcement/* failedImages */.Y)(images);
    if (length === 0)
        return '';
    return ` ${length} of ${(0,kit_words/* plural */.LS)(images.length, 'image')} still ${length === 1 ? 'does' : 'do'} not pass.`;
}
function timeOf(since) {
    return since === undefined ? 'an earlier run' : (0,kit_blocks/* time */.kB)(since);
}

// EXTERNAL MODULE: ./report/findings/headline.js
var headline = __webpack_require__(59387);
// EXTERNAL MODULE: ./report/kit/once.js
var once = __webpack_require__(41342);
;// CONCATENATED MODULE: ./report/verify/headline.js




/** `Verified: signature, attestation and today’s findings of 2 images`. */
const headline_headline = (0,once/* oncePer */.P)((result) => {
    switch (result.verdict) {
        case 'pass':
            return `Verified: ${verifiedWords(result)}`;
        case 'warn':
            return `Verified with warnings: ${(0,headline/* warningWords */.wV)(result)}`;
        case 'block':
            return (0,headline/* blockWords */.zM)(result);
        case 'error':
            return errorWords(result);
    }
});
/** What was verified, and of how many images. */
function verifiedWords({ images, verification }) {
    const verified = [
        'signature',
        ...(verification?.attestation ? ['attestation'] : []),
        ...(images.some(hasRequired) ? ['required attestations'] : []),
        ...(verification?.recheck ? [findingsWords(images)] : []),
    ];
    return `${(0,kit_words/* enumerate */.HL)(verified)} of ${(0,kit_words/* plural */.LS)(images.length, 'image')}`;
}
/** Whether the policy requires attestations. */
function hasRequired({ proofs }) {
    return proofs.some(({ kind }) => kind === 'required-attestation');
}
/** The findings are today's only if every image is still scanned; else the checks say how old they are. */
function findingsWords(images) {
    const watched = images.every(({ platforms }) => platforms.every(({ monitored }) => monitored !== false));
    return watched ? 'today’s findings' : 'the findings of the last scan';
}
function errorWords({ error, images, tolerated }) {
    const suffix = tolerated ? ' (not enforced)' : '';
    if (error !== undefined)
        return `No verdict${suffix}: ${error.message}`;
    return images.some((image) => (0,words/* verdictWords */.L2)(image) === 'Not verified')
        ? `Not verified${suffix}: ${(0,headline/* failureWords */.AC)(images, 'could not be verified')}`
        : `No verdict${suffix}: ${(0,headline/* failureWords */.AC)(images, 'could not be judged')}`;
}

// EXTERNAL MODULE: ./report/findings/json-image.js
var json_image = __webpack_require__(15505);
// EXTERNAL MODULE: ./report/findings/json-proof.js
var json_proof = __webpack_require__(89782);
;// CONCATENATED MODULE: ./report/verify/json.js




/** The report as plain JSON. */
function verifyDocument(result) {
    return reportDocument(result, partsOf(result));
}
/** The same as text, in pieces. */
function reportText(result) {
    return (0,json/* documentText */.ZH)(result, partsOf(result));
}
function partsOf({ verification, changes }) {
    return {
        signing: null,
        verification: verification === undefined ? null : verificationDocument(verification),
        changes: changes === undefined ? null : changesDocument(changes),
        ofImage: (image) => ({
            signatures: [],
            verdictAttestations: [],
            signed: (0,verify/* isSigned */.J)(image),
            proofs: image.proofs.map(json_proof/* proofDocument */.S),
        }),
    };
}
function changesDocument({ since, error, expiries, ...lists }) {
    return {
        since: (0,json_image/* iso */.KH)(since),
        error: error ?? null,
        expiries: expiries.map(({ ends, ...expiry }) => ({ ...expiry, ends: (0,json_image/* iso */.KH)(ends) })),
        ...lists,
    };
}
function verificationDocument(verification) {
    const { signers, format, cosignVersion, notation, attestation, policies, maxAttestationAgeMs, promotedFrom, recheck, } = verification;
    return {
        signer: requiredSigners(verification),
        signers,
        format,
        cosignVersion: cosignVersion ?? null,
        notation: notation === undefined ? null : { identities: notation.identities, version: notation.version ?? null },
        attestation,
        policySha256: policies?.[0] ?? null,
        policies: policies ?? null,
        maxAttestationAgeMs: maxAttestationAgeMs ?? null,
        promotedFrom,
        recheck,
    };
}
/** The signers in words. */
function requiredSigners({ signers, notation }) {
    return [signers, notation?.identities ?? []]
        .filter((any) => any.length > 0)
        .map((any) => any.join(' or '))
        .join(' and ');
}

// EXTERNAL MODULE: ./results/modes/images.js
var modes_images = __webpack_require__(8829);
// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
;// CONCATENATED MODULE: ./report/verify/proofs.js
/** The checks of the verify action: what was checked, who signed it, when, and how old it is. */







const proofs_MAX_ROWS = 100;
const MAX_DETAIL = 1_000;
const MAX_POLICIES = 10;
const MARKS = {
    proven: '✅',
    failed: '❌',
    skipped: '⏭️',
    noted: 'ℹ️',
};
const STATE_WORDS = {
    proven: 'verified',
    failed: 'not verified',
    skipped: 'not checked',
    noted: 'present, not trusted',
};
/** The checks of an image without those that the workflow does not require. */
function requiredProofs({ proofs }, verification) {
    return proofs.filter(({ kind, state }) => {
        if (state !== 'skipped' || verification === undefined)
            return true;
        if (kind === 'attestation')
            return verification.attestation;
        return kind === 'findings' ? verification.recheck : true;
    });
}
/** The checks of an image as lines of the log. */
function proofLines(image, { verification }) {
    return requiredProofs(image, verification).map((proof) => ({
        lead: `  ${MARKS[proof.state]} `,
        text: proofLine(proof),
    }));
}
function proofLine({ state, what, by, at, ageMs, detail }) {
    const signed = by === undefined ? '' : `, signed by ${by}`;
    const required = by === undefined ? '' : `, required signer ${by}`;
    const when = at === undefined ? '' : `, dated ${(0,kit_blocks/* time */.kB)(at)}`;
    const age = ageMs === undefined ? '' : `, ${(0,time/* formatAge */.nV)(ageMs)} old`;
    const why = detail === undefined ? '' : `: ${detail}`;
    return `${what}: ${STATE_WORDS[state]}${state === 'proven' || state === 'noted' ? signed : required}${when}${age}${why}`;
}
/** The checks as tables of the summary: those of images that failed, then the others, which are folded if there are many. */
function proofBlocks({ images, verification }) {
    if (verification === undefined)
        return [];
    const several = images.length > 1;
    const failed = images.filter((image) => !(0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image)));
    const verified = images.filter((image) => (0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image)));
    return [
        '<h3>Checks</h3>',
        ...proofTable(failed, verification, several),
        ...(several && verified.length > 0
            ? [
                (0,kit_blocks/* details */.zH)(`✅ ${(0,kit_words/* plural */.LS)(verified.length, 'verified image')}`, proofTable(verified, verification, several)),
            ]
            : proofTable(verified, verification, several)),
        `<p>🔎 ${requirements(verification).join('; ')}.</p>`,
    ];
}
/** The first policies that are accepted; there may be many. */
function policyWords(policies) {
    const shown = policies.slice(0, MAX_POLICIES).map((sha256) => (0,kit_blocks/* code */.aY)((0,kit_words/* shortDigest */.VK)(`sha256:${sha256}`)));
    const left = policies.length - shown.length;
    return `${shown.join(' or ')}${left > 0 ? ` or ${left} more` : ''}`;
}
function requirements(verification) {
    const { signers, cosignVersion, notation, format, policies, maxAttestationAgeMs, promotedFrom } = verification;
    const anyOf = (all) => all.map((signer) => (0,kit_blocks/* code */.aY)(signer, 300)).join(' or ');
    const required = [
        ...(signers.length === 0 ? [] : [anyOf(signers)]),
        ...(notation === undefined ? [] : [`${anyOf(notation.identities)} (Notation)`]),
    ];
    return [
        `Required signer: ${required.join(' and ')}`,
        `format: ${format}`,
        ...(policies === undefined ? [] : [`policy: ${policyWords(policies)}`]),
        ...(maxAttestationAgeMs === undefined
            ? []
            : [`maximum age of the attestation: ${(0,time/* formatAge */.nV)(maxAttestationAgeMs)}`]),
        ...(promotedFrom.length === 0
            ? []
            : [`promoted from: ${promotedFrom.map((name) => (0,kit_blocks/* code */.aY)(name, 300)).join(' or ')}`]),
        ...(cosignVersion === undefined ? [] : [`cosign ${(0,kit_blocks/* code */.aY)(cosignVersion)}`]),
        ...(notation?.version === undefined ? [] : [`notation ${(0,kit_blocks/* code */.aY)(notation.version)}`]),
    ];
}
function proofTable(images, verification, several) {
    const all = images.flatMap((image) => requiredProofs(image, verification).map((proof) => ({ image, proof })));
    if (all.length === 0)
        return [];
    // A failed check comes before what else is known of its image.
    const sorted = all.toSorted((a, b) => Number(b.proof.state === 'failed') - Number(a.proof.state === 'failed'));
    const shown = sorted.slice(0, proofs_MAX_ROWS);
    const head = [...(several ? ['Image'] : []), 'Check', 'Signer', 'Date', 'Age', 'Result'];
    return [
        (0,kit_blocks/* table */.tp)(head, shown.map(({ image, proof }) => cells(image, proof, several))),
        ...(0,kit_blocks/* more */.OS)(all.length - shown.length),
    ];
}
function cells(image, proof, several) {
    const { state, what, by, at, ageMs, detail } = proof;
    return [
        ...(several ? [(0,kit_blocks/* code */.aY)((0,words/* shortName */.EU)(image), 300)] : []),
        (0,kit_blocks/* code */.aY)(what, 300),
        by === undefined ? '–' : (0,kit_blocks/* code */.aY)(by, 300),
        at === undefined ? '–' : (0,kit_blocks/* time */.kB)(at),
        ageMs === undefined ? '–' : (0,kit_escape/* html */.qy)((0,time/* formatAge */.nV)(ageMs)),
        `${MARKS[state]} ${STATE_WORDS[state]}${detail === undefined ? '' : `<br>${(0,kit_blocks/* code */.aY)(detail, MAX_DETAIL)}`}`,
    ];
}

;// CONCATENATED MODULE: ./report/verify/report.js
/** The result of the verify action in every form in which it is published. */

















function verifyReport(result) {
    const verified = new Map(result.images.map((image) => [image, image]));
    const ofImage = (image) => {
        const found = verified.get(image);
        return found === undefined ? [] : proofLines(found, result);
    };
    return {
        log: () => (0,log/* logLines */.O)(result, { headline: headline_headline(result), ofImage, end: changeLines(result) }),
        annotations: (dockerfile) => changeAnnotations(result, dockerfile),
        summary: (limitBytes) => verifySummary(result, limitBytes),
        bareSummary: () => (0,summary/* bareSummary */.DU)(result),
        files: (dockerfile) => [(0,json/* reportFile */.rn)(() => reportText(result)), (0,sarif/* sarifFile */.U)(result, dockerfile)],
        outputs: (files) => verifyOutputs(result, files),
        comment: {
            isFailing: !(0,envelope/* allows */.NB)(result.verdict),
            render: (place, limitBytes) => (0,comment/* renderComment */.w)(result, headline_headline(result), place, limitBytes),
        },
        issue: {
            isFailing: !(0,envelope/* allows */.NB)(result.verdict),
            render: (place, limitBytes) => (0,comment/* renderComment */.w)(result, headline_headline(result), place, limitBytes, changeBlocks(result, limitBytes / 2)),
            news: (place, limitBytes) => renderNews(result, place, limitBytes),
        },
        errors: () => (0,errors/* errorsOf */.B)(result),
    };
}
/** The job summary of the verify action. */
function verifySummary(result, limitBytes) {
    const signed = new Set(result.images.filter(verify/* isSigned */.J));
    return (0,summary/* renderSummary */.Br)(result, {
        headline: headline_headline(result),
        steps: [...changeBlocks(result, limitBytes / 4), ...(0,steps/* nextSteps */.Z)(result)],
        proofs: proofBlocks(result),
        signatures: [...(0,by_hand/* commandBlock */.L)(commandsOf(result)), ...(0,records/* recordBlock */.x)(result)],
        isSigned: (image) => signed.has(image),
        isAttested: () => false,
    }, limitBytes);
}
/** The commands for the signatures and verification summaries of the images. */
function commandsOf({ images }) {
    return images.map((image) => ({ image, commands: image.proofs.map(({ command }) => command) }));
}
/** Every output of the verify action. */
function verifyOutputs(result, files) {
    const signed = result.images.length > 0 && result.images.every(verify/* isSigned */.J);
    const ofImage = (image) => ({
        signed: (0,verify/* isSigned */.J)(image),
        attested: false,
        promotedFrom: [...new Set(image.proofs.flatMap(({ promotedFrom }) => promotedFrom ?? []))],
    });
    const commands = (0,by_hand/* commandLines */.Z)(commandsOf(result));
    const { changes } = result;
    return {
        ...(0,outputs/* sharedOutputs */.S)(result, { signed, commands, ofImage }, files),
        changed: String(changes === undefined || hasChanged(changes)),
    };
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

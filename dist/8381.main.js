export const id = 8381;
export const ids = [8381];
export const modules = {

/***/ 15505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D0: () => (/* binding */ imageDocument),
/* harmony export */   Fk: () => (/* binding */ judgedDocument),
/* harmony export */   KH: () => (/* binding */ iso),
/* harmony export */   Uh: () => (/* binding */ errorDocument),
/* harmony export */   VD: () => (/* binding */ exceptionOutcomeDocument),
/* harmony export */   pJ: () => (/* binding */ findingDocument)
/* harmony export */ });
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8829);

/** An image, without what only one of the actions reports. */
function imageDocument(image) {
    const { outcome } = image;
    const verdict = outcome.kind === 'judged' ? outcome.verdict : undefined;
    return {
        image: image.uri,
        digest: image.digest ?? null,
        references: image.references,
        repository: image.repository,
        account: image.account,
        region: image.region,
        index: image.isIndex,
        verdict: (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_0__/* .verdictOf */ .Vj)(image),
        error: outcome.kind === 'error' ? errorDocument(outcome.error) : null,
        counts: verdict?.counts ?? null,
        blocking: verdict?.blocking ?? null,
        platforms: image.platforms.map(({ digest, platform, scannedAt, monitored }) => ({
            digest,
            platform,
            scannedAt: iso(scannedAt),
            monitored: monitored ?? null,
        })),
        attestations: image.attestations,
        skipped: image.skipped ?? [],
        baseImages: (image.baseImages ?? []).map(({ name, named, deciding }) => ({ name, named, deciding })),
        advice: image.advice === undefined ? null : adviceDocument(image.advice),
        weakened: verdict === undefined ? null : (image.weakened ?? {}),
        findings: verdict?.judged.map(judgedDocument) ?? [],
        suppressed: verdict?.suppressed.map(findingDocument) ?? [],
        exceededLimits: verdict?.exceededLimits ?? [],
        exceptions: verdict?.exceptions.map(exceptionOutcomeDocument) ?? [],
        gone: verdict?.gone?.map(findingDocument) ?? null,
    };
}
function adviceDocument({ base, named, digest, pushedAt, isCurrent, newer }) {
    return {
        base,
        named,
        digest,
        pushedAt: iso(pushedAt),
        current: isCurrent,
        newer: newer.map(({ change, unknown, ...one }) => ({
            kind: one.kind,
            reference: one.reference,
            digest: one.digest,
            pushedAt: iso(one.pushedAt),
            change: change === undefined
                ? null
                : {
                    resolves: change.resolves.flatMap(({ ids }) => ids),
                    adds: change.adds.map(judgedDocument),
                    verdict: change.verdict,
                    exceededLimits: change.exceededLimits,
                },
            unknown: unknown ?? null,
        })),
    };
}
function judgedDocument(judged) {
    return {
        ...findingDocument(judged),
        effect: judged.effect,
        reason: reasonDocument(judged.reason),
        inBaseline: judged.inBaseline ?? null,
        refused: judged.refused.map(({ exception, refusal }) => ({
            source: exception.source,
            refusal: refusalDocument(refusal),
        })),
    };
}
function reasonDocument(reason) {
    switch (reason.kind) {
        case 'exception':
            return { kind: 'exception', source: reason.exception.source, instead: reasonDocument(reason.instead) };
        case 'baseline':
            return { kind: 'baseline', instead: reasonDocument(reason.instead) };
        case 'rule':
            return { ...reason, reason: reason.reason ?? null };
        default:
            return reason;
    }
}
function exceptionOutcomeDocument(outcome) {
    const { exception, matches, applied, needless, refusals, ends } = outcome;
    return {
        origin: exception.origin,
        source: exception.source,
        ids: exception.ids,
        scope: scopeDocument(exception.scope),
        status: exception.status,
        reason: exception.reason ?? null,
        ends: iso(ends),
        approvedBy: exception.approvedBy ?? null,
        ticket: exception.ticket ?? null,
        matches,
        applied,
        needless,
        refusals: refusals.map(refusalDocument),
    };
}
function refusalDocument(refusal) {
    switch (refusal.kind) {
        case 'expired':
            return { kind: refusal.kind, since: iso(refusal.since) };
        case 'not-yet':
            return { kind: refusal.kind, from: iso(refusal.from) };
        case 'max-duration':
            return { ...refusal, days: refusal.days ?? null };
        case 'other-package':
            return { ...refusal, found: refusal.found ?? null };
        default:
            return refusal;
    }
}
function scopeDocument(scope) {
    if (scope.kind !== 'globs')
        return null;
    return {
        package: scope.package ?? null,
        image: scope.image ?? null,
        platform: scope.platform ?? null,
    };
}
function findingDocument({ finding, ids, platforms }) {
    return {
        ids,
        vulnerability: finding.vulnerabilityId,
        related: finding.relatedIds,
        type: finding.type,
        title: finding.title,
        severity: finding.severity,
        vendorSeverity: finding.vendorSeverity ?? null,
        status: finding.status,
        score: finding.score ?? null,
        cvss: finding.cvss.map(({ baseScore, version, vector, source }) => ({
            baseScore,
            version,
            vector,
            source,
        })),
        epss: finding.epss ?? null,
        fixAvailable: finding.fixAvailable ?? null,
        exploitAvailable: finding.exploitAvailable ?? null,
        knownExploited: finding.knownExploited ?? null,
        packages: finding.packages.map((found) => ({
            name: found.name,
            version: found.version,
            epoch: found.epoch ?? null,
            release: found.release ?? null,
            arch: found.arch ?? null,
            manager: found.manager ?? null,
            fixedIn: found.fixedIn ?? null,
            filePath: found.filePath ?? null,
            layer: found.layer ?? null,
            instruction: found.instruction ?? null,
            origin: found.origin ?? null,
            statedOrigin: found.statedOrigin ?? null,
            reachability: found.reachability ?? null,
            remediation: found.remediation ?? null,
        })),
        platforms,
        operatingSystem: finding.operatingSystem ?? null,
        source: finding.source ?? null,
        sourceUrl: finding.sourceUrl ?? null,
        firstObservedAt: iso(finding.firstObservedAt),
    };
}
function errorDocument({ code, message, nextStep }) {
    return { code, message, nextStep: nextStep ?? null };
}
/** A date as the report has it; null if it is no date. */
function iso(date) {
    return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}


/***/ }),

/***/ 89782:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ proofDocument)
/* harmony export */ });
/* harmony import */ var _json_image_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15505);

function proofDocument({ kind, state, what, by, at, ageMs, ends, promotedFrom, detail, command, }) {
    return {
        kind,
        state,
        what,
        by: by ?? null,
        at: (0,_json_image_js__WEBPACK_IMPORTED_MODULE_0__/* .iso */ .KH)(at),
        ageMs: ageMs ?? null,
        ends: (0,_json_image_js__WEBPACK_IMPORTED_MODULE_0__/* .iso */ .KH)(ends),
        promotedFrom: promotedFrom ?? null,
        detail: detail ?? null,
        command: command ?? null,
    };
}


/***/ }),

/***/ 98381:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   changesSince: () => (/* binding */ changesSince),
/* harmony export */   snapshotOfResult: () => (/* binding */ snapshotOfResult)
/* harmony export */ });
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75795);
/* harmony import */ var _findings_json_image_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15505);
/* harmony import */ var _findings_json_proof_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89782);
/* harmony import */ var _snapshot_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48678);




/** What is compared of a result: the same as of its `report.json`. */
function snapshotOfResult({ startedAt, judgedAt, error, images }) {
    return (0,_snapshot_js__WEBPACK_IMPORTED_MODULE_0__/* .snapshotOf */ .eY)({ startedAt, judgedAt, error: error?.message, images: documents(images) });
}
function* documents(images) {
    for (const image of images) {
        yield { ...(0,_findings_json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .imageDocument */ .D0)(image), proofs: image.proofs.map(_findings_json_proof_js__WEBPACK_IMPORTED_MODULE_2__/* .proofDocument */ .S) };
    }
}
/**
 * What has changed. Of several entries of the earlier report for one image, only what all of them say is known, so that
 * duplicates hide nothing.
 * @param earlier undefined: everything is new
 */
function changesSince(earlier, now) {
    const index = indexOf(earlier?.images ?? []);
    const blocks = [];
    const disappeared = [];
    const resolved = [];
    for (const image of now.images) {
        const { name, verdict, isMissing, isPending } = image;
        const before = counterparts(image, index);
        if ((0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__/* .allows */ .NB)(verdict)) {
            // What the earlier run could not determine, because it ended early, it did not report as a failure of the image.
            if (before.some((one) => isFailing(one) && !isUnsaid(one, earlier)))
                resolved.push(name);
            continue;
        }
        if (isMissing && before.length > 0) {
            if (!before.every((one) => one.isMissing)) {
                disappeared.push({ image: name, why: 'not-found', before: stateOf(before) });
            }
            continue;
        }
        // The error of the run explains it.
        if (isPending && now.error !== undefined)
            continue;
        const known = knownTo(before, earlier);
        const reasons = image.reasons.filter(({ keys, count }) => !keys.every((key) => (known.get(key) ?? -1) >= count));
        if (reasons.length === 0)
            continue;
        blocks.push({
            image: name,
            before: before.length === 0 ? 'absent' : stateOf(before),
            verdict,
            reasons: [...new Set(reasons.map(({ text }) => text))],
        });
    }
    return {
        since: earlier?.startedAt,
        error: newError(earlier, now),
        blocks,
        expiries: [...now.expiries].flatMap(([key, expiry]) => (earlier?.expiries.has(key) ? [] : [expiry])),
        disappeared: [...disappeared, ...notListed(earlier, now)],
        resolved,
    };
}
/** A run that ended before it had verified every image does not know whether anything else has changed. */
function newError(earlier, { error, images }) {
    if (images.length === 0 || images.some(({ isPending }) => isPending))
        return error;
    if (error === undefined || earlier?.error === undefined)
        return error;
    return (0,_snapshot_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutNumbers */ .B1)(earlier.error) === (0,_snapshot_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutNumbers */ .B1)(error) ? undefined : error;
}
function indexOf(images) {
    const index = new Map();
    for (const image of images) {
        for (const name of image.names) {
            const known = index.get(name);
            if (known === undefined)
                index.set(name, [image]);
            else
                known.push(image);
        }
    }
    return index;
}
/** The entries of the earlier report for an image. */
function counterparts({ names }, index) {
    return [...new Set(names.flatMap((name) => index.get(name) ?? []))];
}
function isFailing({ verdict }) {
    return !(0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__/* .allows */ .NB)(verdict);
}
/** `passing` if any entry says so: then its failure is new. */
function stateOf(images) {
    return images.every(isFailing) ? 'failing' : 'passing';
}
/** Whether the earlier run did not list the failure of an image, because its own error explained it. */
function isUnsaid({ isPending }, earlier) {
    return isPending && earlier?.error !== undefined;
}
/** The keys that all entries have, with the lowest count. Anything else is unknown. */
function knownTo(images, earlier) {
    const maps = images
        .map((image) => countsOf(isUnsaid(image, earlier) ? [] : image.reasons))
        .toSorted((a, b) => a.size - b.size);
    const [smallest = new Map(), ...others] = maps;
    return new Map([...smallest].flatMap(([key, count]) => {
        let lowest = count;
        for (const other of others)
            lowest = Math.min(lowest, other.get(key) ?? -1);
        return lowest < 0 ? [] : [[key, lowest]];
    }));
}
function countsOf(reasons) {
    return new Map(reasons.flatMap(({ keys, count }) => keys.map((key) => [key, count])));
}
/**
 * Images that the input `image` no longer names. It still names an image if it contains the digest, or all references
 * that the image had: two references of the same digest are one image in the earlier report. A run that ended before it
 * had read its images does not know.
 */
function notListed(earlier, now) {
    if (earlier === undefined || now.images.length === 0)
        return [];
    const listed = new Set(now.images.flatMap(({ names }) => names));
    const gone = earlier.images.flatMap((image) => {
        if (listed.has(image.uri))
            return [];
        const { references, name } = image;
        const unnamed = references.length === 0 ? name : references.find((reference) => !listed.has(reference));
        return unnamed === undefined ? [] : [{ name: unnamed, image }];
    });
    return [...Map.groupBy(gone, ({ name }) => name)].map(([name, entries]) => ({
        image: name,
        why: 'not-listed',
        before: entries.some(({ image }) => isFailing(image)) ? 'failing' : 'passing',
    }));
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

export const id = 4173;
export const ids = [4173];
export const modules = {

/***/ 57196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ briefly)
/* harmony export */ });
const PATIENCE_MS = 5_000;
/**
 * Makes a call, and stops waiting for it after five seconds.
 * @throws the call's own error; Error where there was no response in time
 */
async function briefly(deadline, call) {
    const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(PATIENCE_MS)]);
    // Before the other promise, which would be left without a handler if this throws.
    const calling = call(signal);
    // The SDK sleeps between its attempts although the signal is aborted.
    const over = new Promise((_, reject) => {
        const late = () => reject(new Error('there was no response in time'));
        if (signal.aborted)
            late();
        signal.addEventListener('abort', late, { once: true });
    });
    return Promise.race([calling, over]);
}


/***/ }),

/***/ 54173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkPermissions: () => (/* binding */ checkPermissions),
/* harmony export */   observeFirst: () => (/* binding */ observeFirst)
/* harmony export */ });
/* harmony import */ var _aws_briefly_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(57196);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75650);
/* harmony import */ var _image_platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(66740);
/** The first observation of the scans, which also shows what the role is not allowed to do. */



/**
 * Observes the scans of all images for the first time. Where a scan is not finished yet, or a call was denied, the
 * findings of an image are read too, so that one run reports every permission that is missing. A finished scan needs
 * no additional call: its findings are read next.
 * @param each whether an image that cannot be observed does not affect the others: the wait observes each again
 * @throws GateError the failure of the observation, together with the other calls that were denied
 */
async function observeFirst(images, scanner, deadline, each) {
    const failures = [];
    // Before the call: one of its answers can be as old as this, however long the others take.
    const observedAtMs = deadline.elapsedMs();
    const observations = await scanner.observe(images, true).catch((error) => {
        const refusals = refusalsIn(error);
        if (refusals.length === 0 && (!each || (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .endsRun */ .sl)(error)))
            throw error;
        failures.push(...refusals);
        return new Map();
    });
    const unfinished = images.find((image) => observations.get(image)?.state.kind !== 'scanned');
    // If the configuration is the reason, it is the reason for the other calls too.
    const isExplained = failures.some(({ error }) => error.code !== 'access-denied');
    if (unfinished !== undefined && !isExplained) {
        failures.push(...(await refusalsOf(deadline, () => scanner.findings(unfinished))));
    }
    const [first, ...others] = failures;
    if (first !== undefined)
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .combineFailures */ .XJ)([first, ...others]);
    return new Map([...observations].map(([image, observation]) => [image, { ...observation, observedAtMs }]));
}
/** A digest that no image has: a call for it shows whether the call is allowed. */
const NO_IMAGE = `sha256:${'0'.repeat(64)}`;
/**
 * Makes the calls that follow in a run where an image could not be resolved, so that one run reports every permission
 * that is missing.
 * @throws GateError for the calls that were denied; any other failure is about the image and not reported
 */
async function checkPermissions({ registry, repository, digest = NO_IMAGE }, source, scanner, deadline) {
    const image = {
        ...{ registry, repository, digest },
        ...{ platform: _image_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .NO_PLATFORM */ .od, pushedAt: new Date(0), status: undefined },
    };
    const refusals = await Promise.all([
        refusalsOf(deadline, () => source.manifests(registry, repository, [digest])),
        refusalsOf(deadline, () => scanner.observe([image], true)),
        refusalsOf(deadline, () => scanner.findings(image)),
    ]);
    const [first, ...others] = refusals.flat();
    if (first !== undefined)
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .combineFailures */ .XJ)([first, ...others]);
}
/** The refusals that a call ends with; none if it ends otherwise, or does not end in time. */
async function refusalsOf(deadline, call) {
    return (0,_aws_briefly_js__WEBPACK_IMPORTED_MODULE_2__/* .briefly */ .m)(deadline, call).then(() => [], refusalsIn);
}
/** The parts of an error that are about the permissions of the role, and not about one image or one response. */
function refusalsIn(error) {
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failuresIn */ .xM)(error)
        .filter(({ code }) => ['access-denied', 'configuration', 'credentials'].includes(code))
        .map((refusal) => ({ name: 'Permissions', error: refusal }));
}


/***/ })

};

export const id = 4934;
export const ids = [4934];
export const modules = {

/***/ 34934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createPublisher: () => (/* binding */ createPublisher)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./github/core.js
var core = __webpack_require__(32178);
;// CONCATENATED MODULE: ./report/report.js
const NO_FILES = { report: undefined, sarif: undefined, bundles: [] };

// EXTERNAL MODULE: ./watchdog/section.js
var watchdog_section = __webpack_require__(82206);
// EXTERNAL MODULE: ./files.js
var files_0 = __webpack_require__(60866);
;// CONCATENATED MODULE: ./publish/files.js
/** Writes files and the job summary. No failure here changes the verdict. */




/**
 * Writes files to a directory, which is created if it is missing. Each file replaces an existing one of its name. No symbolic
 * link in the workspace is followed, on the way to the directory or in it.
 * @param workspace the checkout, in which links are not trusted
 * @param warn receives what could not be written, or not in full
 */
async function writeFiles(files, directory, { workspace, warn }) {
    const written = [];
    for (const { kind, name, what, render } of files) {
        try {
            const rendered = render();
            const real = await (0,files_0/* directoryFor */.bM)(directory, workspace);
            if (rendered === undefined) {
                await (0,promises_.rm)((0,external_node_path_.join)(real, name), { force: true });
                continue;
            }
            for (const omission of rendered.omissions)
                warn(omission);
            await (0,files_0/* replaceFile */.fR)(real, name, rendered.text);
            written.push({ kind, path: (0,external_node_path_.join)((0,external_node_path_.resolve)(directory), name) });
        }
        catch (error) {
            warn(`${what} could not be written: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    }
    const of = (kind) => written.filter((file) => file.kind === kind);
    return {
        report: of('report')[0]?.path,
        sarif: of('sarif')[0]?.path,
        bundles: of('bundle').map(({ path }) => path),
        accessMap: of('access-map')[0]?.path,
        graph: of('graph')[0]?.path,
    };
}
// The limit of GitHub for the summary of a step. A longer summary is not shown at all.
const GITHUB_SUMMARY_BYTES = 1024 * 1024;
/** The rest is left for other tools in the same step. */
const SUMMARY_BYTES = 900 * 1024;
/**
 * Adds the summary, as long as the limit allows. If rendering fails, it adds the bare verdict: a defect must not hide it.
 * @throws Error if it cannot be written
 */
async function writeSummary(report, { bytes, append, warn }) {
    const there = await bytes();
    const room = GITHUB_SUMMARY_BYTES - there;
    let text;
    try {
        text = report.summary(Math.min(SUMMARY_BYTES, room));
    }
    catch (error) {
        warn(`The job summary could not be rendered: ${(0,errors/* messageOf */.bD)(error)}`);
        text = report.bareSummary();
    }
    // GitHub does not show a summary that exceeds the limit.
    if (Buffer.byteLength(text) > room)
        throw new Error(`the step has already written ${there} bytes to it, and GitHub allows ${GITHUB_SUMMARY_BYTES}`);
    await append(text);
}

// EXTERNAL MODULE: ./publish/workspace.js
var publish_workspace = __webpack_require__(48836);
;// CONCATENATED MODULE: ./publish/publish.js
/** Publishes log, annotations, files, summary, outputs and comment. None of them can change the verdict. */










const ANNOTATE = { error: core/* error */.z3, warning: core/* warning */.$e, notice: core/* notice */.lm };
/**
 * Returns a function that publishes a result. A later result of the same run replaces the earlier one. A warning names what
 * cannot be written.
 */
function createPublisher(context) {
    const { environment, workspace, warn, cancelled } = context;
    let section = context.unfinished;
    let directory;
    const attempt = async (what, work) => {
        try {
            await work();
        }
        catch (error) {
            warn(`${what} could not be written: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    };
    return async (publication) => {
        const { report, options } = publication;
        // If the run ended with an input error, it may have reported that the Dockerfile cannot be read.
        const isRead = publication.result.error?.code !== 'input';
        const dockerfile = isRead ? await findDockerfile(options?.dockerfile, context) : undefined;
        let files = NO_FILES;
        await attempt('The log', () => {
            for (const part of report.log()) {
                if (typeof part === 'string')
                    core/* info */.pq(part);
                else
                    core/* group */.Os(part.title, part.lines);
            }
            for (const { level, message, ...place } of report.annotations(dockerfile)) {
                ANNOTATE[level](message, place);
            }
            debugErrors(report);
        });
        await attempt('The report', async () => {
            directory ??= reportDirectory(options?.reportDirectory, environment);
            files = await writeFiles(report.files(dockerfile), await directory, { warn, workspace });
        });
        await attempt('The job summary', () => writeSummary(report, {
            bytes: async () => (section === undefined ? summarySize(environment) : (0,watchdog_section/* bytesBefore */.xz)(section)),
            append: async (text) => {
                if (section === undefined)
                    core/* appendSummary */.fe(text);
                else
                    section = (0,watchdog_section/* replaceSection */.U2)(section, text);
            },
            warn,
        }));
        await attempt('The outputs', () => {
            core/* setOutputs */.n0(report.outputs(files));
        });
        await attempt('The comment', () => unlessCancelled(cancelled, () => commentOn(publication, context)));
        await attempt('The issue', () => unlessCancelled(cancelled, () => updateIssue(publication, context)));
    };
}
/** Waits for some work until the job is cancelled. After that, it does not begin. */
async function unlessCancelled(cancelled, work) {
    if (cancelled.aborted)
        return;
    const { promise, resolve } = Promise.withResolvers();
    const stop = () => resolve();
    cancelled.addEventListener('abort', stop, { once: true });
    await Promise.race([work(), promise]).finally(() => cancelled.removeEventListener('abort', stop));
}
/** How many bytes another tool has written to the summary of the step before. */
async function summarySize({ GITHUB_STEP_SUMMARY: path }) {
    if (!path)
        return 0;
    return (await (0,promises_.stat)(path).catch(() => undefined))?.size ?? 0;
}
/** The Dockerfile for annotations and SARIF results; it must be in the checkout. */
async function findDockerfile(path, { workspace, warn }) {
    if (path === undefined)
        return undefined;
    try {
        return await (0,publish_workspace/* readDockerfile */.n)(path, workspace);
    }
    catch (error) {
        warn(`Annotations and SARIF results have no line in the Dockerfile: ${(0,errors/* messageOf */.bD)(error)}`);
        return undefined;
    }
}
/** A cancelled run does not comment: it has no time, and the next run does. */
async function commentOn({ result, report, options }, { environment, log, mask }) {
    if (options === undefined || options.comment === 'never' || result.error?.code === 'cancelled')
        return;
    const { comment: mode, githubToken: token, images, dockerfile } = options;
    // The run has already warned about it.
    if (token === undefined)
        return;
    mask(token);
    const { commentFromActions } = await __webpack_require__.e(/* import() */ 4185).then(__webpack_require__.bind(__webpack_require__, 4185));
    const repositories = images.map(({ registry, repository }) => `${registry.host}/${repository}`);
    log(await commentFromActions(report.comment, { mode, token, repositories, dockerfile }, environment));
}
/** The same for the issue. */
async function updateIssue({ result, report, options }, { environment, log, mask }) {
    if (options?.issue === undefined || result.error?.code === 'cancelled')
        return;
    const { issue, githubToken: token } = options;
    if (token === undefined)
        throw new Error('input github-token is empty');
    mask(token);
    const { issueFromActions } = await __webpack_require__.e(/* import() */ 534).then(__webpack_require__.bind(__webpack_require__, 90534));
    log(await issueFromActions(report.issue ?? report.comment, { ...issue, token }, environment));
}
async function reportDirectory(asked, environment) {
    if (asked !== undefined)
        return asked;
    const parent = environment.RUNNER_TEMP || (0,external_node_os_.tmpdir)();
    // If it cannot be created, writing the files reports that. The name is random, so that no other program can have created the
    // directory before.
    return (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, 'ecr-deployment-gate-')).catch(() => (0,external_node_path_.join)(parent, `ecr-deployment-gate-${(0,external_node_crypto_.randomUUID)()}`));
}
/** Step debugging shows stack traces. */
function debugErrors(report) {
    if (!core/* isDebug */._o())
        return;
    for (const error of report.errors()) {
        for (let cause = error; cause instanceof Error; cause = cause.cause)
            core/* debug */.Yz(cause.stack ?? cause.message);
    }
}


/***/ })

};

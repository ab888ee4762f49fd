export const id = 2553;
export const ids = [2553,4934];
export const modules = {

/***/ 60866:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FZ: () => (/* binding */ stepsIn),
/* harmony export */   Ft: () => (/* binding */ isSame),
/* harmony export */   Lo: () => (/* binding */ wayToInput),
/* harmony export */   VI: () => (/* binding */ regularFile),
/* harmony export */   XF: () => (/* binding */ readRegularFile),
/* harmony export */   Yw: () => (/* binding */ isBelow),
/* harmony export */   bM: () => (/* binding */ directoryFor),
/* harmony export */   bj: () => (/* binding */ wayTo),
/* harmony export */   fR: () => (/* binding */ replaceFile)
/* harmony export */ });
/* unused harmony export linkInWorkspace */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75650);
/** Follows paths link by link, because a pull request can add symbolic links to a checkout and choose their targets. */





/** The limit of Linux. */
const MOST_LINKS = 40;
/** Windows has neither flag. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants;
/**
 * Follows a path as the operating system does.
 * @throws Error for links that lead in a circle, and for a directory that may not be searched
 */
async function wayTo(path) {
    const names = namesIn((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path));
    let real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path)).root;
    const steps = [{ path: real, stats: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(real, { bigint: true }) }];
    for (let links = 0;;) {
        const name = names.shift();
        if (name === undefined)
            return { real, steps, missing: [] };
        if (name === '..') {
            real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(real);
            continue;
        }
        const next = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(real, name);
        const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(next, { bigint: true }).catch((error) => {
            if (error.code === 'ENOENT')
                return undefined;
            throw error;
        });
        if (stats === undefined)
            return { real, steps, missing: [name, ...names] };
        steps.push({ path: next, stats });
        if (!stats.isSymbolicLink()) {
            real = next;
            continue;
        }
        links += 1;
        if (links > MOST_LINKS)
            throw new Error(`${path} leads through more than ${MOST_LINKS} symbolic links`);
        const target = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readlink)(next);
        names.unshift(...namesIn(target));
        if ((0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(target))
            real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(target)).root;
    }
}
function namesIn(path) {
    const below = path.slice((0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)(path).root.length);
    return below.split(node_path__WEBPACK_IMPORTED_MODULE_3__.sep === '\\' ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');
}
/** Whether two results of stat are of the same file, whatever its path: neither spelling nor bind mounts matter. */
function isSame(a, b) {
    return a.dev === b.dev && a.ino === b.ino;
}
/** Whether a path without links is a directory or lies below it. */
function isBelow(path, directory) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(directory, path);
    return way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_3__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(way);
}
/**
 * The steps of a path that are one of some directories, or are in one of them.
 * @param directories those that do not exist contain nothing
 */
async function stepsIn({ steps }, directories) {
    const looks = await Promise.all(directories.map((directory) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(directory, { bigint: true }).catch(() => undefined)));
    const found = steps.filter(({ stats }) => looks.some((look) => look !== undefined && isSame(look, stats)));
    return steps.filter(({ path }) => found.some((directory) => isBelow(path, directory.path)));
}
/** The first symbolic link of a path that is in the workspace; undefined if there is none. */
async function linkInWorkspace(way, workspace) {
    const inside = await stepsIn(way, [workspace]);
    return inside.find(({ stats }) => stats.isSymbolicLink());
}
/**
 * The path to a file that an input names. The workflow may name any path, but a link in the workspace that leads out of
 * it may come from a pull request.
 * @throws GateError `input` if such a link leads out of the workspace
 */
async function wayToInput(input, path, workspace) {
    let way;
    try {
        way = await wayTo((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(workspace, path));
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}.`, {
            cause: error,
        });
    }
    const link = await linkInWorkspace(way, workspace);
    const isInside = (await stepsIn(way, [workspace])).some((step) => step.path === way.real);
    if (link === undefined || isInside)
        return way;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} is outside of the workspace.`, {
        nextStep: `The symbolic link ${link.path} leads there. Put the file itself into the repository, or use its own path.`,
    });
}
/**
 * A file that an input names, for another program to read.
 * @returns its path without links; undefined if it does not exist, which the other program reports
 * @throws GateError `input` if a link in the workspace leads out of it, and for a file that is not regular or too large
 */
async function regularFile(input, path, workspace, mostBytes) {
    const { real, steps, missing } = await wayToInput(input, path, workspace);
    const stats = steps.findLast((step) => step.path === real)?.stats;
    if (missing.length > 0 || stats === undefined)
        return undefined;
    const why = !stats.isFile() ? 'is not a file' : stats.size > mostBytes ? 'is too large' : undefined;
    if (why === undefined)
        return real;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} ${why}.`, {
        nextStep: `Set ${input} to the path of the file.`,
    });
}
/**
 * Reads a file. Of a larger file, it reads `mostBytes` plus one byte.
 * @param real without links: a file that was replaced by a link or a pipe since is not read
 * @throws Error for what is not a regular file
 */
async function readRegularFile(real, mostBytes) {
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
        if (!(await handle.stat()).isFile())
            throw new Error('it is not a regular file');
        const chunks = [];
        for await (const chunk of handle.createReadStream({ end: mostBytes, autoClose: false })) {
            chunks.push(chunk);
        }
        return Buffer.concat(chunks);
    }
    finally {
        await handle.close();
    }
}
/**
 * Creates a directory for reports, and the directories above it that do not exist.
 * @returns its path without links
 * @throws Error if a part of the path is a link in the workspace
 */
async function directoryFor(path, workspace) {
    const way = await wayTo((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path));
    const link = await linkInWorkspace(way, workspace);
    if (link !== undefined) {
        throw new Error(`${path} leads through the symbolic link ${link.path} in the workspace. Set report-directory to a path without such links`);
    }
    let made = way.real;
    for (const name of way.missing) {
        made = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(made, name);
        // Fails if something with that name was created in the meantime, because it was not checked.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(made);
    }
    return made;
}
/**
 * Writes a file in place of an existing one: a link of that name is replaced, not followed, and other hard links to the
 * old file keep its content.
 * @param directory without links: see `directoryFor`
 */
async function replaceFile(directory, name, content) {
    // Shorter than the names of the files, which can be almost as long as a file system allows.
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, `.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`);
    // Fails if anything of that name exists, links included.
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(temporary, 'wx', 0o644);
    try {
        await file.writeFile(content).finally(() => file.close());
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, name));
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(temporary, { force: true });
        throw error;
    }
}


/***/ }),

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

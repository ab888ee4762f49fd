export const id = 975;
export const ids = [975];
export const modules = {

/***/ 935:
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
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2409);





const MOST_LINKS = 40;
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants;
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
function isSame(a, b) {
    return a.dev === b.dev && a.ino === b.ino;
}
function isBelow(path, directory) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(directory, path);
    return way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_3__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(way);
}
async function stepsIn({ steps }, directories) {
    const looks = await Promise.all(directories.map((directory) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(directory, { bigint: true }).catch(() => undefined)));
    const found = steps.filter(({ stats }) => looks.some((look) => look !== undefined && isSame(look, stats)));
    return steps.filter(({ path }) => found.some((directory) => isBelow(path, directory.path)));
}
async function linkInWorkspace(way, workspace) {
    const inside = await stepsIn(way, [workspace]);
    return inside.find(({ stats }) => stats.isSymbolicLink());
}
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
async function directoryFor(path, workspace) {
    const way = await wayTo((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path));
    const link = await linkInWorkspace(way, workspace);
    if (link !== undefined) {
        throw new Error(`${path} leads through the symbolic link ${link.path} in the workspace. Set report-directory to a path without such links`);
    }
    let made = way.real;
    for (const name of way.missing) {
        made = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(made, name);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(made);
    }
    return made;
}
async function replaceFile(directory, name, content) {
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, `.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`);
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

/***/ 3975:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publish: () => (/* binding */ publish)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2409);
// EXTERNAL MODULE: ./lib/github/core.js
var core = __webpack_require__(3651);
;// CONCATENATED MODULE: ./lib/report/report.js
const NO_FILES = { report: undefined, sarif: undefined, bundles: [] };

// EXTERNAL MODULE: ./lib/watchdog/section.js
var section = __webpack_require__(9053);
// EXTERNAL MODULE: ./lib/files.js
var lib_files = __webpack_require__(935);
;// CONCATENATED MODULE: ./lib/publish/files.js




async function writeFiles(files, directory, { workspace, warn }) {
    const written = [];
    for (const { kind, name, what, render } of files) {
        try {
            const rendered = render();
            const real = await (0,lib_files/* directoryFor */.bM)(directory, workspace);
            if (rendered === undefined) {
                await (0,promises_.rm)((0,external_node_path_.join)(real, name), { force: true });
                continue;
            }
            for (const omission of rendered.omissions)
                warn(omission);
            await (0,lib_files/* replaceFile */.fR)(real, name, rendered.text);
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
const GITHUB_SUMMARY_BYTES = 1024 * 1024;
const SUMMARY_BYTES = 900 * 1024;
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
    if (Buffer.byteLength(text) > room)
        throw new Error(`the step has already written ${there} bytes to it, and GitHub allows ${GITHUB_SUMMARY_BYTES}`);
    await append(text);
}

// EXTERNAL MODULE: ./lib/publish/workspace.js
var publish_workspace = __webpack_require__(5457);
;// CONCATENATED MODULE: ./lib/publish/publish.js










const ANNOTATE = { error: core/* error */.z3, warning: core/* warning */.$e, notice: core/* notice */.lm };
async function publish(publication, context) {
    const { report, options } = publication;
    const { environment, workspace, unfinished, warn } = context;
    const attempt = async (what, work) => {
        try {
            await work();
        }
        catch (error) {
            warn(`${what} could not be written: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    };
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
        const directory = await reportDirectory(options?.reportDirectory, environment);
        files = await writeFiles(report.files(dockerfile), directory, { warn, workspace });
    });
    await attempt('The job summary', () => writeSummary(report, {
        bytes: async () => (unfinished === undefined ? summarySize(environment) : (0,section/* bytesBefore */.xz)(unfinished)),
        append: async (text) => unfinished === undefined ? core/* appendSummary */.fe(text) : (0,section/* replaceSection */.U2)(unfinished, text),
        warn,
    }));
    await attempt('The outputs', () => {
        core/* setOutputs */.n0(report.outputs(files));
    });
    await attempt('The comment', () => commentOn(publication, context));
    await attempt('The issue', () => updateIssue(publication, context));
}
async function summarySize({ GITHUB_STEP_SUMMARY: path }) {
    if (!path)
        return 0;
    return (await (0,promises_.stat)(path).catch(() => undefined))?.size ?? 0;
}
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
async function commentOn({ result, report, options }, { environment, log, mask }) {
    if (options === undefined || options.comment === 'never' || result.error?.code === 'cancelled')
        return;
    const { comment: mode, githubToken: token, images, dockerfile } = options;
    if (token === undefined)
        return;
    mask(token);
    const { commentFromActions } = await __webpack_require__.e(/* import() */ 456).then(__webpack_require__.bind(__webpack_require__, 9456));
    const repositories = images.map(({ registry, repository }) => `${registry.host}/${repository}`);
    log(await commentFromActions(report.comment, { mode, token, repositories, dockerfile }, environment));
}
async function updateIssue({ result, report, options }, { environment, log, mask }) {
    if (options?.issue === undefined || result.error?.code === 'cancelled')
        return;
    const { issue, githubToken: token } = options;
    if (token === undefined)
        throw new Error('input github-token is empty');
    mask(token);
    const { issueFromActions } = await __webpack_require__.e(/* import() */ 369).then(__webpack_require__.bind(__webpack_require__, 9369));
    log(await issueFromActions(report.comment, { ...issue, token }, environment));
}
async function reportDirectory(asked, environment) {
    if (asked !== undefined)
        return asked;
    const parent = environment.RUNNER_TEMP || (0,external_node_os_.tmpdir)();
    return (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, 'ecr-deployment-gate-')).catch(() => (0,external_node_path_.join)(parent, `ecr-deployment-gate-${(0,external_node_crypto_.randomUUID)()}`));
}
function debugErrors(report) {
    if (!core/* isDebug */._o())
        return;
    for (const error of report.errors()) {
        for (let cause = error; cause instanceof Error; cause = cause.cause)
            core/* debug */.Yz(cause.stack ?? cause.message);
    }
}


/***/ }),

/***/ 5457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ readDockerfile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


const MAX_BYTES = 1024 * 1024;
async function readDockerfile(path, workspace) {
    const root = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(root, path));
    const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(root, file);
    if (inside === '' || inside === '..' || inside.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`) || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(inside)) {
        throw new Error(`${path} is not in the workspace`);
    }
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file);
    if (!found.isFile())
        throw new Error(`${path} is not a file`);
    if (found.size > MAX_BYTES)
        throw new Error(`${path} has more than 1 MiB`);
    return { path: inside.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/'), text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8') };
}


/***/ })

};

import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ // The require scope
/******/ var __nccwpck_require__ = {};
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  w: () => (/* binding */ watch)
});

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./github/core.js
/**
 * Inputs, workflow commands, outputs and the job summary: the part of @actions/core that every run needs, byte for byte. The
 * package itself contains an HTTP client that is larger than all else that a run starts with, so it is loaded only when that is
 * needed. Source: GitHub Docs, "Workflow commands for GitHub Actions".
 */



/** The value of an input; empty if it was not given. */
function getInput(name) {
    return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}
/** A line of the log, printed as it is: the caller must escape external text. */
function info(text) {
    process.stdout.write(text + EOL);
}
/** Lines under a title, which GitHub folds. They are printed as they are, like those of `info`. */
function group(title, lines) {
    info(commandText('group', {}, title));
    for (const text of lines)
        info(text);
    info(commandText('endgroup', {}, ''));
}
/** A line that the log shows with step debugging. */
function debug(text) {
    info(commandText('debug', {}, text));
}
/** Whether step debugging is on. */
function isDebug() {
    return process.env.RUNNER_DEBUG === '1';
}
function error(message, place = {}) {
    annotation('error', message, place);
}
function warning(message, place = {}) {
    annotation('warning', message, place);
}
function notice(message, place = {}) {
    annotation('notice', message, place);
}
/** Makes the runner hide a secret in all logs from now on. */
function setSecret(secret) {
    info(commandText('add-mask', {}, secret));
}
/**
 * Sets all outputs of the step at once: the process may end at any time.
 * @throws Error if the file of the runner cannot be written
 */
function setOutputs(outputs) {
    appendFileSync(runnerFile('GITHUB_OUTPUT'), outputsText(outputs));
}
/** Outputs in the format of the runner's file. The last value of a name applies. */
function outputsText(outputs) {
    return Object.entries(outputs)
        .map(([name, value]) => {
        // A value of several lines ends at its delimiter, which is random.
        const delimiter = `ghadelimiter_${(0,external_node_crypto_namespaceObject.randomUUID)()}`;
        return [`${name}<<${delimiter}`, value, delimiter, ''].join(external_node_os_namespaceObject.EOL);
    })
        .join('');
}
/**
 * Adds HTML or Markdown to the summary of the job.
 * @throws Error if the file of the runner cannot be written
 */
function appendSummary(text) {
    appendFileSync(runnerFile('GITHUB_STEP_SUMMARY'), text);
}
function runnerFile(variable) {
    const path = process.env[variable];
    if (!path)
        throw new Error(`the environment variable ${variable} names no file`);
    return path;
}
function annotation(level, message, place) {
    info(annotationText(level, message, place));
}
/** An annotation as a line of the log. */
function annotationText(level, message, { title, file, startLine }) {
    return commandText(level, { title, file, line: startLine?.toString() }, message);
}
/** `::NAME KEY=VALUE,KEY=VALUE::MESSAGE`, escaped so that neither message nor values end it or start another command. */
function commandText(name, properties, message) {
    const given = Object.entries(properties)
        .filter((entry) => Boolean(entry[1]))
        .map(([key, value]) => `${key}=${escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
    return `::${[name, ...(given.length === 0 ? [] : [given.join(',')])].join(' ')}::${escaped(message)}`;
}
function escaped(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

;// CONCATENATED MODULE: ./time.js
/** Units of time, and how times and durations are written. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Milliseconds of each unit that durations in inputs and documents can have. */
const UNIT_MS = {
    s: 1_000,
    m: MINUTE_MS,
    h: HOUR_MS,
    d: DAY_MS,
    w: 7 * DAY_MS,
};
/** How far two clocks that both show the current time may differ. */
const CLOCK_SKEW_MS = 5 * MINUTE_MS;
/** A duration for people: `45 s`, `2 m 5 s`, `15 m`, `1 h 30 m`. */
function formatDuration(ms) {
    const seconds = Math.round(ms / 1000);
    const parts = [
        [Math.floor(seconds / 3600), 'h'],
        [Math.floor((seconds % 3600) / 60), 'm'],
        [seconds % 60, 's'],
    ].filter(([amount]) => amount !== 0);
    return parts.length === 0 ? '0 s' : parts.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}
/** An age for people, in days from two days on: `31 days`, `5 h 10 m`. */
function formatAge(ms) {
    return ms >= 2 * DAY_MS ? `${Math.floor(ms / DAY_MS)} days` : formatDuration(ms);
}
/** When something with a time will be too old; undefined if there is no maximum age. */
function endOf(at, maxAgeMs) {
    return maxAgeMs === undefined ? undefined : new Date(at.getTime() + maxAgeMs);
}
/** The last day, in UTC, on which something that ends at this moment still applies. */
function lastDay(ends) {
    return day(new Date(ends.getTime() - 1));
}
/** The day in UTC: `2026-12-31`. */
function day(date) {
    return Number.isNaN(date.getTime()) ? 'no date' : date.toISOString().slice(0, 10);
}

;// CONCATENATED MODULE: ./watchdog/section.js
/**
 * A section at the end of the job summary that can be replaced later. All calls are synchronous, because the thread of the
 * watchdog makes them as well.
 */

// Without O_NONBLOCK, opening a pipe that has no reader would block.
const APPEND = external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_APPEND | external_node_fs_namespaceObject.constants.O_CREAT | (external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0);
/**
 * Appends a section to a file.
 * @returns undefined if the file cannot be written, or is a device or pipe, in which nothing can be replaced
 */
function beginSection(path, text) {
    let file;
    try {
        file = openSync(path, APPEND, 0o666);
        const found = fstatSync(file);
        if (!found.isFile())
            return undefined;
        writeAll(file, Buffer.from(text), null);
        return { path, offset: found.size, text };
    }
    catch {
        return undefined;
    }
    finally {
        if (file !== undefined)
            closeSync(file);
    }
}
/** How many bytes of the file are kept when the section is replaced. */
function bytesBefore(section) {
    const file = openThere(section.path, 'r');
    if (file === undefined)
        return 0;
    try {
        return isUntouched(file, section) ? section.offset : fstatSync(file).size;
    }
    finally {
        closeSync(file);
    }
}
/**
 * Replaces a section by a text. If the file has been changed since the section was written, the section is kept and the text
 * is appended, so that nothing of others is lost.
 * @returns the text as a section
 * @throws Error if the file cannot be read or written
 */
function replaceSection(section, text) {
    const { path, offset } = section;
    const file = openThere(path, 'r+');
    try {
        if (file === undefined || !isUntouched(file, section)) {
            const size = file === undefined ? 0 : (0,external_node_fs_namespaceObject.fstatSync)(file).size;
            (0,external_node_fs_namespaceObject.appendFileSync)(path, text);
            return { path, offset: size, text };
        }
        const bytes = Buffer.from(text);
        // Overwritten first and truncated afterwards: if the process dies in between, the summary is not empty.
        writeAll(file, bytes, offset);
        (0,external_node_fs_namespaceObject.ftruncateSync)(file, offset + bytes.length);
        return { path, offset, text };
    }
    finally {
        if (file !== undefined)
            (0,external_node_fs_namespaceObject.closeSync)(file);
    }
}
/** Opens a file; undefined if it no longer exists. */
function openThere(path, flags) {
    return (0,external_node_fs_namespaceObject.existsSync)(path) ? (0,external_node_fs_namespaceObject.openSync)(path, flags) : undefined;
}
function isUntouched(file, { offset, text }) {
    const written = Buffer.from(text);
    if ((0,external_node_fs_namespaceObject.fstatSync)(file).size !== offset + written.length)
        return false;
    const there = Buffer.alloc(written.length);
    return (0,external_node_fs_namespaceObject.readSync)(file, there, 0, there.length, offset) === there.length && there.equals(written);
}
/** @param position null: at the end of a file that was opened for appending */
function writeAll(file, bytes, position) {
    for (let done = 0; done < bytes.length;) {
        done += (0,external_node_fs_namespaceObject.writeSync)(file, bytes, done, bytes.length - done, position === null ? null : position + done);
    }
}

;// CONCATENATED MODULE: ./watchdog/shared.js
/**
 * The state that the main thread and the watchdog share, in shared memory. They exchange no messages, because the event loop
 * of the main thread may be blocked.
 */
/** What the process is doing. The watchdog waits for its end. */
const PHASES = ['starting', 'working', 'publishing', 'cancelled'];
const MOST_CHILDREN = 64;
const MOST_DIRECTORIES = 8;
/** The longest path of Linux (PATH_MAX). */
const MOST_PATH = 4096;
// The position of each field, in 32-bit words.
const PHASE = 0;
const BEATS = 1;
const ARMED = 2;
const CHILDREN = 3;
const LENGTHS = CHILDREN + MOST_CHILDREN;
const WORDS = LENGTHS + MOST_DIRECTORIES;
// The limit and the timeout follow, aligned to their 64 bits, and then the paths.
const TIMES_AT = Math.ceil((WORDS * 4) / 8) * 8;
const PATHS_AT = TIMES_AT + 16;
const BYTES = PATHS_AT + MOST_DIRECTORIES * MOST_PATH;
/** Milliseconds of a clock that never goes back and is the same in every thread. */
function monotonicMs() {
    return process.hrtime.bigint() / 1000000n;
}
class SharedState {
    buffer;
    words;
    times;
    constructor(buffer = new SharedArrayBuffer(BYTES)) {
        this.buffer = buffer;
        this.words = new Int32Array(buffer, 0, WORDS);
        this.times = new BigInt64Array(buffer, TIMES_AT, 2);
    }
    get phase() {
        return PHASES[Atomics.load(this.words, PHASE)] ?? 'starting';
    }
    /** Enters a phase, and wakes the watchdog. A cancelled run stays cancelled. */
    enter(phase) {
        if (this.phase === 'cancelled')
            return;
        Atomics.store(this.words, PHASE, PHASES.indexOf(phase));
        Atomics.notify(this.words, PHASE);
    }
    /** Blocks this thread for some milliseconds, but not longer than the phase lasts. */
    sleep(ms, phase) {
        Atomics.wait(this.words, PHASE, PHASES.indexOf(phase), ms);
    }
    /** Sets when the work has to be done and the timeout that this is the end of, in milliseconds. */
    setLimit(remainingMs, totalMs) {
        Atomics.store(this.times, 1, BigInt(Math.round(totalMs)));
        Atomics.store(this.times, 0, monotonicMs() + BigInt(Math.round(remainingMs)));
    }
    get totalMs() {
        return Number(Atomics.load(this.times, 1));
    }
    /** Whether the time for the work has expired. Without a limit it has. */
    isOver() {
        return monotonicMs() >= Atomics.load(this.times, 0);
    }
    beat() {
        Atomics.add(this.words, BEATS, 1);
    }
    get beats() {
        return Atomics.load(this.words, BEATS);
    }
    arm() {
        Atomics.store(this.words, ARMED, 1);
    }
    get isArmed() {
        return Atomics.load(this.words, ARMED) === 1;
    }
    /**
     * Registers a program that must not outlive the process. If there is no room for it, it ends by its own time limit.
     * @returns a function that removes the registration
     */
    addChild(pid) {
        for (let at = CHILDREN; at < LENGTHS; at += 1) {
            if (Atomics.compareExchange(this.words, at, 0, pid) === 0)
                return () => this.clear(at);
        }
        return () => { };
    }
    /** Kills every registered program. */
    killChildren() {
        for (const pid of this.children) {
            try {
                process.kill(pid, 'SIGKILL');
            }
            catch {
                // It has already ended.
            }
        }
    }
    get children() {
        return Array.from({ length: MOST_CHILDREN }, (_, at) => Atomics.load(this.words, CHILDREN + at)).filter((pid) => pid !== 0);
    }
    /**
     * Registers a directory that must not outlive the process.
     * @returns a function that removes the registration
     * @throws Error if there is no room for it
     */
    addDirectory(path) {
        const bytes = Buffer.from(path);
        const slots = Array.from({ length: MOST_DIRECTORIES }, (_, at) => at);
        const slot = slots.find((at) => Atomics.load(this.words, LENGTHS + at) === 0);
        if (slot === undefined || bytes.length > MOST_PATH)
            throw new Error(`too many directories are registered, or the path is too long: ${path}`);
        this.pathAt(slot, bytes.length).set(bytes);
        Atomics.store(this.words, LENGTHS + slot, bytes.length);
        return () => this.clear(LENGTHS + slot);
    }
    get directories() {
        return Array.from({ length: MOST_DIRECTORIES }, (_, slot) => {
            const length = Atomics.load(this.words, LENGTHS + slot);
            return Buffer.from(this.pathAt(slot, length)).toString();
        }).filter((path) => path !== '');
    }
    pathAt(slot, length) {
        return new Uint8Array(this.buffer, PATHS_AT + slot * MOST_PATH, length);
    }
    clear(word) {
        Atomics.store(this.words, word, 0);
    }
}
/** The state of this process. */
const shared = new SharedState();

;// CONCATENATED MODULE: ./watchdog/thread.js
/**
 * The thread of the watchdog. If the process does not end in time, it writes so to the outputs, the job summary and the log,
 * and ends the process. It does not depend on the main thread, which may be blocked: it uses no messages, no event loop and
 * no `process.stdout`.
 */






/**
 * Blocks this thread until the process has to be ended.
 * @returns why it has to be ended
 */
function watch(shared, { checkMs, checks }) {
    let phase = shared.phase;
    let beats = shared.beats;
    let quiet = 0;
    let late = 0;
    shared.arm();
    for (;;) {
        shared.sleep(checkMs, phase);
        if (shared.phase !== phase) {
            phase = shared.phase;
            late = 0;
            continue;
        }
        quiet = shared.beats === beats ? quiet + 1 : 0;
        beats = shared.beats;
        if (quiet >= checks.unresponsive)
            return 'unresponsive';
        late = phase !== 'working' || shared.isOver() ? late + 1 : 0;
        if (late >= checks[phase])
            return phase;
    }
}
/** What happened, as one sentence. */
function reasonWords(reason, shared, { checkMs, checks }) {
    const patience = formatDuration(checks[reason] * checkMs);
    switch (reason) {
        case 'starting':
            return `The gate did not start within ${patience}.`;
        case 'working':
            return `The gate did not end within its timeout of ${formatDuration(shared.totalMs)} and ${patience} after it.`;
        case 'publishing':
            return `The gate did not write its report within ${patience}.`;
        case 'cancelled':
            return `The job was cancelled, and the gate did not end within ${patience}.`;
        case 'unresponsive':
            return `The gate did not respond for ${patience}: its main thread was blocked.`;
    }
}
const NEXT_STEP = 'Run the step again. If it fails in the same way, check what changed last: reading the policy, an exceptions file, a VEX document or the Dockerfile may take too long. Then report the problem, with the log of a run with step debugging (secret ACTIONS_STEP_DEBUG = true).';
/**
 * The program of a thread that ends the process after a few seconds, even if the thread that started it hangs. It is a
 * string, so that nothing is read from a file system that may hang. The time is counted in short waits: on a busy machine
 * they take longer, as does the writing of the explanation that they leave time for.
 */
const KILLER = `
  const { workerData: { never, waits, ms } } = require('node:worker_threads');
  for (let made = 0; made < waits; made += 1) Atomics.wait(never, 0, 0, ms);
  process.kill(process.pid, 'SIGKILL');
`;
const KILLER_WAIT_MS = 50;
const KILLER_WAITS = 100;
function startKiller() {
    const never = new Int32Array(new SharedArrayBuffer(4));
    new external_node_worker_threads_namespaceObject.Worker(KILLER, {
        eval: true,
        workerData: { never, waits: KILLER_WAITS, ms: KILLER_WAIT_MS },
        env: {},
        execArgv: [],
    });
}
/** Ends the process and the programs that it started. Before that, it writes why, if that is possible. */
function endProcess(reason, shared, orders) {
    const attempt = (work) => {
        try {
            work();
        }
        catch {
            // No failure here may keep the process running.
        }
    };
    shared.killChildren();
    // If a file system or the log hangs, this thread hangs as well.
    attempt(startKiller);
    const why = reasonWords(reason, shared, orders.patience);
    const { section, outputFile, outputs } = orders;
    if (outputFile !== undefined)
        attempt(() => (0,external_node_fs_namespaceObject.appendFileSync)(outputFile, outputsText(outputs)));
    if (section !== undefined)
        attempt(() => replaceSection(section, summaryOf(why)));
    for (const directory of shared.directories) {
        attempt(() => (0,external_node_fs_namespaceObject.rmSync)(directory, { recursive: true, force: true }));
    }
    const title = 'ECR Deployment Gate';
    attempt(() => (0,external_node_fs_namespaceObject.writeSync)(1, `\n${annotationText('error', `${why} ${NEXT_STEP}`, { title })}\n`));
    process.kill(process.pid, 'SIGKILL');
}
function summaryOf(why) {
    return [
        '<h2>❌ No verdict: the gate did not finish</h2>',
        `<p>${why} <b>Treat the image as not approved.</b></p>`,
        `<h3>What to do</h3>`,
        `<p>${NEXT_STEP}</p>`,
        '',
    ].join('\n\n');
}
const orders = external_node_worker_threads_namespaceObject.workerData;
const thread_shared = new SharedState(orders.buffer);
endProcess(watch(thread_shared, orders.patience), thread_shared, orders);

var __webpack_exports__watch = __webpack_exports__.w;
export { __webpack_exports__watch as watch };

/**
 * The state that the main thread and the watchdog share, in shared memory. They exchange no messages, because the event loop
 * of the main thread may be blocked.
 */

/** What the process is doing. The watchdog waits for its end. */
export const PHASES = ['starting', 'working', 'publishing', 'cancelled'] as const;
export type Phase = (typeof PHASES)[number];

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
export function monotonicMs(): bigint {
  return process.hrtime.bigint() / 1_000_000n;
}

export class SharedState {
  readonly buffer: SharedArrayBuffer;
  private readonly words: Int32Array;
  private readonly times: BigInt64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(BYTES)) {
    this.buffer = buffer;
    this.words = new Int32Array(buffer, 0, WORDS);
    this.times = new BigInt64Array(buffer, TIMES_AT, 2);
  }

  get phase(): Phase {
    return PHASES[Atomics.load(this.words, PHASE)] ?? 'starting';
  }

  /** Enters a phase, and wakes the watchdog. A cancelled run stays cancelled. */
  enter(phase: Phase): void {
    if (this.phase === 'cancelled') return;
    Atomics.store(this.words, PHASE, PHASES.indexOf(phase));
    Atomics.notify(this.words, PHASE);
  }

  /** Blocks this thread for some milliseconds, but not longer than the phase lasts. */
  sleep(ms: number, phase: Phase): void {
    Atomics.wait(this.words, PHASE, PHASES.indexOf(phase), ms);
  }

  /** Sets when the work has to be done and the timeout that this is the end of, in milliseconds. */
  setLimit(remainingMs: number, totalMs: number): void {
    Atomics.store(this.times, 1, BigInt(Math.round(totalMs)));
    Atomics.store(this.times, 0, monotonicMs() + BigInt(Math.round(remainingMs)));
  }

  get totalMs(): number {
    return Number(Atomics.load(this.times, 1));
  }

  /** Whether the time for the work has expired. Without a limit it has. */
  isOver(): boolean {
    return monotonicMs() >= Atomics.load(this.times, 0);
  }

  beat(): void {
    Atomics.add(this.words, BEATS, 1);
  }

  get beats(): number {
    return Atomics.load(this.words, BEATS);
  }

  arm(): void {
    Atomics.store(this.words, ARMED, 1);
  }

  get isArmed(): boolean {
    return Atomics.load(this.words, ARMED) === 1;
  }

  /**
   * Registers a program that must not outlive the process. If there is no room for it, it ends by its own time limit.
   * @returns a function that removes the registration
   */
  addChild(pid: number): () => void {
    for (let at = CHILDREN; at < LENGTHS; at += 1) {
      if (Atomics.compareExchange(this.words, at, 0, pid) === 0) return () => this.clear(at);
    }
    return () => {};
  }

  /** Kills every registered program. */
  killChildren(): void {
    for (const pid of this.children) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has already ended.
      }
    }
  }

  private get children(): number[] {
    return Array.from({ length: MOST_CHILDREN }, (_, at) => Atomics.load(this.words, CHILDREN + at)).filter(
      (pid) => pid !== 0,
    );
  }

  /**
   * Registers a directory that must not outlive the process.
   * @returns a function that removes the registration
   * @throws Error if there is no room for it
   */
  addDirectory(path: string): () => void {
    const bytes = Buffer.from(path);
    const slots = Array.from({ length: MOST_DIRECTORIES }, (_, at) => at);
    const slot = slots.find((at) => Atomics.load(this.words, LENGTHS + at) === 0);
    if (slot === undefined || bytes.length > MOST_PATH)
      throw new Error(`too many directories are registered, or the path is too long: ${path}`);
    this.pathAt(slot, bytes.length).set(bytes);
    Atomics.store(this.words, LENGTHS + slot, bytes.length);
    return () => this.clear(LENGTHS + slot);
  }

  get directories(): string[] {
    return Array.from({ length: MOST_DIRECTORIES }, (_, slot) => {
      const length = Atomics.load(this.words, LENGTHS + slot);
      return Buffer.from(this.pathAt(slot, length)).toString();
    }).filter((path) => path !== '');
  }

  private pathAt(slot: number, length: number): Uint8Array {
    return new Uint8Array(this.buffer, PATHS_AT + slot * MOST_PATH, length);
  }

  private clear(word: number): void {
    Atomics.store(this.words, word, 0);
  }
}

/** The state of this process. */
export const shared = new SharedState();

/** Takes screenshots of pages with a headless Chromium, over the Chrome DevTools Protocol on a pipe. */
import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const LIMIT_MS = 60_000;

export interface PictureOptions {
  /** The width of the page, in CSS pixels. It is as high as its content. */
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  /** Pixels of the picture per CSS pixel. */
  readonly scale: number;
}

export interface Browser {
  /** Whether a font has color emoji: without one, a picture shows boxes or nothing. */
  hasEmoji(): Promise<boolean>;
  /** A PNG of the whole page. */
  picture(html: string, options: PictureOptions): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * @param chrome path of the program; default the first of its usual names on PATH
 * @throws Error that says how to install one
 */
export async function startBrowser(chrome?: string): Promise<Browser> {
  const program = chrome ?? (await onPath());
  if (program === undefined) {
    throw new Error(
      `No Chromium on PATH (${NAMES.join(', ')}). Install one, on Debian with "apt-get install chromium fonts-noto-color-emoji", or set CHROME to the path of a Chrome or Chromium.`,
    );
  }
  const profile = await mkdtemp(join(tmpdir(), 'gate-browser-'));
  const child = spawn(
    program,
    [
      '--headless',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-gpu',
      '--hide-scrollbars',
      // Chromium has no sandbox for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  const send = connect(child, program);
  const close = async () => {
    await send('Browser.close').catch(() => child.kill());
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await send('Browser.getVersion');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    picture: async (html, options) => takePicture(send, html, options),
    hasEmoji: () => hasColor(send, '⛔'),
    close,
  };
}

async function onPath(): Promise<string | undefined> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(directory, name);
      const there = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (there) return path;
    }
  }
  return undefined;
}

type Answer = Readonly<Record<string, unknown>>;
type Send = (method: string, params?: object, session?: string) => Promise<Answer>;

/** Messages are JSON that ends with a zero byte, on file descriptors 3 (to the browser) and 4 (from it). */
function connect(child: ChildProcess, program: string): Send {
  const [, , , to, from] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let rest = '';
  let last = 0;
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  child.once('error', (error) => end(new Error(`${program} does not start: ${error.message}`)));
  child.once('close', (code) => end(new Error(`${program} has ended with code ${code}`)));
  to.on('error', () => {});
  from.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message);
      const call = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) call?.resolve(result);
      else call?.reject(new Error(error.message));
    }
  });
  return async (method, params = {}, session) => {
    if (ended !== undefined) throw ended;
    last += 1;
    const id = last;
    const answer = new Promise<Answer>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`${program} does not respond to ${method}`)), LIMIT_MS);
      const done = <Value>(settle: (value: Value) => void) => {
        return (value: Value) => {
          clearTimeout(limit);
          settle(value);
        };
      };
      waiting.set(id, { resolve: done(resolve), reject: done(reject) });
    });
    to.write(`${JSON.stringify({ id, method, params, ...(session && { sessionId: session }) })}\0`);
    return answer;
  };
}

/** Whether a character is drawn in color although its text color is black. */
async function hasColor(send: Send, character: string): Promise<boolean> {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const expression = `(() => {
    const context = Object.assign(document.createElement('canvas'), { width: 40, height: 40 }).getContext('2d');
    context.font = '32px sans-serif';
    context.fillText(${JSON.stringify(character)}, 0, 32);
    const { data } = context.getImageData(0, 0, 40, 40);
    return data.some((value, index) => index % 4 === 0 && value !== data[index + 1]);
  })()`;
  const { result } = (await send('Runtime.evaluate', { expression }, String(sessionId))) as {
    result: { value?: unknown };
  };
  await send('Target.closeTarget', { targetId });
  return result.value === true;
}

async function takePicture(
  send: Send,
  html: string,
  { width, scheme, scale }: PictureOptions,
): Promise<Buffer> {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const page: Send = (method, params) => send(method, params, String(sessionId));
  await page('Emulation.setDeviceMetricsOverride', {
    width,
    height: 100,
    deviceScaleFactor: scale,
    mobile: false,
  });
  await page('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  const { frameTree } = (await page('Page.getFrameTree')) as { frameTree: { frame: { id: string } } };
  await page('Page.setDocumentContent', { frameId: frameTree.frame.id, html });
  const { cssContentSize: size } = (await page('Page.getLayoutMetrics')) as {
    cssContentSize: { height: number };
  };
  const { data } = await page('Page.captureScreenshot', {
    format: 'png',
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height: size.height, scale: 1 },
  });
  await send('Target.closeTarget', { targetId });
  return Buffer.from(String(data), 'base64');
}

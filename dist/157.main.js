export const id = 157;
export const ids = [157];
export const modules = {

/***/ 68887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ DownloadFailed),
/* harmony export */   R: () => (/* binding */ download)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51637);
/** Downloads from a pre-signed URL. The URL is a credential, so no message and no cause contains a part of it. */



const SILENCE_MS = 20_000;
/** A download that failed, with the reason and whether another attempt can succeed. */
class DownloadFailed extends Error {
    name = 'DownloadFailed';
    transient;
    constructor(message, transient) {
        super(message);
        this.transient = transient;
    }
}
/**
 * Downloads the bytes of a URL, through the proxy that the environment configures. Redirects are not followed, because
 * the signature is for this URL alone.
 * @throws DownloadFailed
 */
async function download(url, { maxBytes, signal, plainHost }) {
    const address = URL.parse(url);
    const plain = address?.protocol === 'http:' && address.host === plainHost;
    const secure = address?.protocol === 'https:' || plain;
    if (address === null || !secure || address.username !== '' || address.password !== '') {
        throw new DownloadFailed('the URL does not use https', false);
    }
    // As in the clients, Node's agents read the proxy variables.
    const proxyEnv = (0,_proxy_js__WEBPACK_IMPORTED_MODULE_2__/* .proxyEnvironment */ .w)(process.env);
    const agent = plain ? new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent({ proxyEnv }) : new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent({ proxyEnv });
    try {
        const response = await new Promise((resolve, reject) => {
            const request = plain ? (0,node_http__WEBPACK_IMPORTED_MODULE_0__.get)(address, { agent, signal }) : (0,node_https__WEBPACK_IMPORTED_MODULE_1__.get)(address, { agent, signal });
            request.setTimeout(SILENCE_MS, () => request.destroy(new DownloadFailed('the download stalled', true)));
            request.on('response', resolve).on('error', reject);
        });
        return await body(response, maxBytes);
    }
    catch (error) {
        if (error instanceof DownloadFailed)
            throw error;
        // The code alone, because the message may contain the address.
        const { code } = error;
        throw new DownloadFailed(`the connection failed${typeof code === 'string' ? ` (${code})` : ''}`, !signal.aborted);
    }
    finally {
        agent.destroy();
    }
}
async function body(response, maxBytes) {
    const status = response.statusCode ?? 0;
    if (status !== 200) {
        response.destroy();
        throw new DownloadFailed(`the server returned HTTP ${status}`, status === 408 || status === 429 || status >= 500);
    }
    const chunks = [];
    let size = Number(response.headers['content-length'] ?? 0);
    if (!(size <= maxBytes)) {
        response.destroy();
        throw new DownloadFailed(`the download is larger than ${maxBytes} bytes`, false);
    }
    size = 0;
    for await (const chunk of response) {
        size += chunk.length;
        if (size > maxBytes) {
            response.destroy();
            throw new DownloadFailed(`the download is larger than ${maxBytes} bytes`, false);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}


/***/ }),

/***/ 14839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  prepareAttestationVerifier: () => (/* binding */ prepareAttestationVerifier)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
// EXTERNAL MODULE: ./signing/cosign/check.js
var check = __webpack_require__(35557);
// EXTERNAL MODULE: ./json.js
var json = __webpack_require__(85711);
// EXTERNAL MODULE: ./signing/statements/spelling.js
var spelling = __webpack_require__(58384);
;// CONCATENATED MODULE: ./signing/evidence/der.js
/** Reads DER, the encoding of certificates and timestamps, strictly: one form of each length, and no bytes left over. Pure. */
const SEQUENCE = 0x30;
const SET = 0x31;
const OBJECT_ID = 0x06;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;
const GENERALIZED_TIME = 0x18;
/** The constructed value with a number of its own in the context, such as `[0]`. */
function context(number) {
    return 0xa0 + number;
}
/** Length bytes beyond four would be more than any file here has. */
const MOST_LENGTH_BYTES = 4;
/** The values that follow each other in some bytes; undefined if they are not DER. */
function derValues(bytes) {
    const values = [];
    let at = 0;
    while (at < bytes.length) {
        const tag = bytes[at];
        const first = bytes[at + 1];
        // A tag in several bytes is used nowhere in these structures.
        if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
            return undefined;
        let start = at + 2;
        let length = first;
        if (first >= 0x80) {
            const count = first - 0x80;
            if (count === 0 || count > MOST_LENGTH_BYTES || start + count > bytes.length)
                return undefined;
            length = bytes.readUIntBE(start, count);
            const isShortest = length >= 0x80 && bytes[start] !== 0;
            if (!isShortest)
                return undefined;
            start += count;
        }
        if (start + length > bytes.length)
            return undefined;
        values.push({ tag, content: bytes.subarray(start, start + length) });
        at = start + length;
    }
    return values;
}
/** The content of the only value in some bytes, if it has this tag; undefined otherwise. */
function only(bytes, tag) {
    const [value, ...others] = (bytes && derValues(bytes)) ?? [];
    return others.length === 0 && value?.tag === tag ? value.content : undefined;
}
/** The values in a sequence that is all of some bytes; undefined otherwise. */
function sequence(bytes) {
    const content = only(bytes, SEQUENCE);
    return content && derValues(content);
}

;// CONCATENATED MODULE: ./signing/evidence/bundle.js
/**
 * The data in a Sigstore bundle besides its signature: when it was signed, and for which repository its certificate was
 * issued. It is used only after cosign has verified that bundle alone. Pure.
 */




/** A certificate has about 2 KiB; a timestamp with its certificates, about 6 KiB. */
const MOST_DER_BYTES = 64 * 1024;
/** sigstore-go accepts at most as many entries and timestamps. */
const MOST_TIMES = 32;
/** Undefined if the bytes are not a bundle, or could be read in two ways. */
function bundleFacts(bytes) {
    const text = bytes.toString('utf8');
    let bundle;
    try {
        bundle = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if ((0,json/* givesKeyTwice */.c)(text, bundle))
        return undefined;
    const material = fields(bundle, BUNDLE)?.verificationMaterial;
    const parts = fields(material, MATERIAL);
    if (parts === undefined)
        return undefined;
    const certificate = certificateIn(parts);
    return { times: timesIn(parts), certificate, validFrom: validFrom(certificate) };
}
// Source: sigstore/protobuf-specs, sigstore_bundle.proto, sigstore_rekor.proto and sigstore_common.proto.
const BUNDLE = ['mediaType', 'verificationMaterial', 'dsseEnvelope'];
const MATERIAL = [
    'certificate',
    'x509CertificateChain',
    'publicKey',
    'tlogEntries',
    'timestampVerificationData',
];
const LOG_ENTRY = [
    'logIndex',
    'logId',
    'kindVersion',
    'integratedTime',
    'inclusionPromise',
    'inclusionProof',
    'canonicalizedBody',
];
/**
 * The members of an object that has no others than these; undefined otherwise. The JSON form of Protocol Buffers also allows
 * other spellings of a name (`timestamp_verification_data`): cosign would read a time or a certificate that is not found here.
 */
function fields(value, names) {
    return (0,spelling/* isRecord */.u4)(value) && Object.keys(value).every((name) => names.includes(name)) ? value : undefined;
}
function timesIn(material) {
    const { tlogEntries: entries = [], timestampVerificationData = {} } = material;
    const data = fields(timestampVerificationData, ['rfc3161Timestamps']);
    if (!Array.isArray(entries) || data === undefined)
        return undefined;
    const { rfc3161Timestamps: stamps = [] } = data;
    if (!Array.isArray(stamps) || entries.length > MOST_TIMES || stamps.length > MOST_TIMES)
        return undefined;
    const integrated = [];
    const promised = [];
    for (const item of entries) {
        const entry = fields(item, LOG_ENTRY);
        if (entry === undefined)
            return undefined;
        const time = integratedTime(entry.integratedTime ?? '0');
        if (time === undefined)
            return undefined;
        if (time.getTime() === 0)
            continue;
        integrated.push(time);
        const promise = entry.inclusionPromise;
        if ((0,spelling/* isRecord */.u4)(promise) && isBase64(promise.signedEntryTimestamp))
            promised.push(time);
    }
    const stamped = [];
    for (const stamp of stamps) {
        const encoded = fields(stamp, ['signedTimestamp'])?.signedTimestamp;
        const time = typeof encoded === 'string' ? timestampTime(Buffer.from(encoded, 'base64')) : undefined;
        if (time === undefined)
            return undefined;
        stamped.push(time);
    }
    return { promised, integrated, stamped };
}
/** Whether a text is base64 of at least one byte. Go skips line breaks, so that a text of nothing else stands for no bytes. */
function isBase64(text) {
    return typeof text === 'string' && text !== '' && Buffer.from(text, 'base64').toString('base64') === text;
}
function validFrom(certificate) {
    if (certificate === undefined)
        return undefined;
    try {
        const { validFromDate } = new external_node_crypto_.X509Certificate(certificate);
        return Number.isNaN(validFromDate.getTime()) ? undefined : validFromDate;
    }
    catch {
        return undefined;
    }
}
/** Seconds since 1970. The JSON form of Protocol Buffers writes 64-bit numbers as text. */
function integratedTime(value) {
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && /^\d{1,11}$/.test(text) ? new Date(Number(text) * 1000) : undefined;
}
// 1.2.840.113549.1.7.2 (signedData) and 1.2.840.113549.1.9.16.1.4 (id-ct-TSTInfo).
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');
const TIMESTAMP_INFO = Buffer.from('2a864886f70d0109100104', 'hex');
/**
 * The time in a timestamp response; undefined if it has another form. Source: RFC 3161, section 2.4.2 (TimeStampResp,
 * TSTInfo), and RFC 5652, section 5 (SignedData).
 */
function timestampTime(response) {
    if (response.length > MOST_DER_BYTES)
        return undefined;
    const [, token, ...more] = sequence(response) ?? [];
    if (token?.tag !== SEQUENCE || more.length > 0)
        return undefined;
    const [type, content] = derValues(token.content) ?? [];
    if (!isId(type, SIGNED_DATA) || content?.tag !== context(0))
        return undefined;
    const [, algorithms, encapsulated] = sequence(content.content) ?? [];
    if (algorithms?.tag !== SET || encapsulated?.tag !== SEQUENCE)
        return undefined;
    const [infoType, info] = derValues(encapsulated.content) ?? [];
    if (!isId(infoType, TIMESTAMP_INFO) || info?.tag !== context(0))
        return undefined;
    // version, policy, messageImprint, serialNumber, genTime
    const time = sequence(only(info.content, OCTET_STRING))?.[4];
    return time?.tag === GENERALIZED_TIME ? generalizedTime(time.content.toString('latin1')) : undefined;
}
/** `20261126063000Z`, with or without fractions of a second. RFC 3161 requires UTC. */
function generalizedTime(text) {
    const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?Z$/.exec(text);
    if (match === null)
        return undefined;
    const [, year, month, day, hour, minute, second] = match;
    const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
    const time = new Date(iso);
    return Number.isNaN(time.getTime()) ? undefined : time;
}
function isId(value, id) {
    return value?.tag === OBJECT_ID && value.content.equals(id);
}
function certificateIn(material) {
    const { certificate, x509CertificateChain: chain } = material;
    const [first] = (0,spelling/* isRecord */.u4)(chain) && Array.isArray(chain.certificates) ? chain.certificates : [];
    const leaf = certificate ?? first;
    const raw = (0,spelling/* isRecord */.u4)(leaf) ? leaf.rawBytes : undefined;
    return typeof raw === 'string' ? Buffer.from(raw, 'base64') : undefined;
}
/**
 * The certificate in the annotation of a legacy attestation, exactly as cosign writes it; undefined for every other text. Parsers of
 * PEM skip different blocks, so cosign could have verified another certificate than the one that is read here.
 */
function certificateFromPem(pem) {
    const [begin, ...lines] = pem.trimEnd().split('\n');
    const end = lines.pop();
    if (begin !== '-----BEGIN CERTIFICATE-----' || end !== '-----END CERTIFICATE-----')
        return undefined;
    const certificate = Buffer.from(lines.join(''), 'base64');
    const written = certificate.toString('base64').match(/.{1,64}/g) ?? [];
    return written.length > 0 && written.join('\n') === lines.join('\n') ? certificate : undefined;
}
// 1.3.6.1.4.1.57264.1.12, Source Repository URI. Source: sigstore/fulcio, docs/oid-info.md.
const SOURCE_REPOSITORY_URI = Buffer.from('2b0601040183bf30010c', 'hex');
/** The source repository that Fulcio wrote into a certificate. */
function sourceInCertificate(certificate) {
    if (certificate.length > MOST_DER_BYTES)
        return { kind: 'unreadable' };
    const [body] = sequence(certificate) ?? [];
    if (body?.tag !== SEQUENCE)
        return { kind: 'unreadable' };
    const fields = derValues(body.content);
    if (fields === undefined)
        return { kind: 'unreadable' };
    const list = fields.find(({ tag }) => tag === context(3));
    if (list === undefined)
        return { kind: 'none' };
    const extensions = sequence(list.content);
    if (extensions === undefined)
        return { kind: 'unreadable' };
    const found = [];
    for (const { tag, content } of extensions) {
        const parts = tag === SEQUENCE ? derValues(content) : undefined;
        if (parts === undefined)
            return { kind: 'unreadable' };
        const value = parts.at(-1);
        if (isId(parts[0], SOURCE_REPOSITORY_URI) && value !== undefined)
            found.push(value.content);
    }
    const [first, ...others] = found;
    if (first === undefined)
        return { kind: 'none' };
    const text = only(first, UTF8_STRING);
    if (text === undefined || others.length > 0)
        return { kind: 'unreadable' };
    return { kind: 'known', uri: text.toString('utf8') };
}

// EXTERNAL MODULE: ./signing/statements/statement.js
var statements_statement = __webpack_require__(67805);
;// CONCATENATED MODULE: ./signing/attestation-verification.js






/** How many attestations cosign verifies in one call. */
const MOST_SERVED = 500;
/** How many attestations by the signer are verified one by one. */
const MOST_TRIED = 50;
/** If there are more attestations, one call determines first which of them are by the signer. */
const FEW = 3;
const MOST_REASONS = 3;
const MOST_REASON_CHARACTERS = 500;
/**
 * Has cosign verify attestations one by one, newest first, until one satisfies all conditions. Each is verified alone: only
 * then is it certain that time and certificate are those that cosign verified, because others can attach a changed copy.
 */
async function tryEach(verification, subject, attestations, wanted) {
    const none = { accepted: undefined, isDetermined: true, nextStep: undefined, reasons: [] };
    if (attestations.length === 0)
        return { ...none, words: 'has no attestation of this type' };
    // Of an attestation in the legacy format, cosign accepts a certificate that is valid now instead of a timestamp.
    const usable = needsTimestamp(verification.required)
        ? attestations.filter(({ format }) => format === 'bundle')
        : attestations;
    if (usable.length === 0) {
        return { ...none, words: 'has attestations of this type in the legacy format only, without a timestamp' };
    }
    const signed = await signedOnes(verification, subject, usable, wanted.type);
    const newestFirst = signed.attestations
        .map((attestation) => ({ attestation, facts: factsOf(attestation) }))
        .toSorted((a, b) => claimedTime(b.facts) - claimedTime(a.facts));
    const reasons = new Set();
    let unverified = signed.why;
    let verified = 0;
    let isDetermined = signed.isDetermined;
    for (const { attestation, facts } of newestFirst.slice(0, MOST_TRIED)) {
        const checked = await verifyWith(verification, subject, [attestation], wanted.type);
        if (!checked.ok) {
            unverified ??= checked;
            isDetermined &&= checked.found !== undefined;
            continue;
        }
        verified += 1;
        const why = refusal(verification, attestation, wanted.predicateOf((0,statements_statement/* statementsOf */.GX)(checked.stdout)), facts);
        if ('why' in why)
            reasons.add(why.why);
        else
            return { ...none, accepted: { attestation, at: why.at }, words: '' };
    }
    if (newestFirst.length > MOST_TRIED) {
        isDetermined = false;
        reasons.add(`there are more than ${MOST_TRIED} by this signer`);
    }
    const total = usable.length;
    const many = total === 1 ? '1 attestation' : `${total} attestations`;
    if (verified === 0) {
        const which = total === 1 ? 'which is not' : total === 2 ? 'neither of which is' : 'none of which is';
        const whose = isDetermined ? `${which} signed by this signer` : 'and cosign could not verify who signed';
        const message = unverified === undefined ? '' : ` (${(0,text_0/* clip */.$Q)(unverified.message, MOST_REASON_CHARACTERS)})`;
        return {
            ...none,
            words: `has ${many} of this type, ${whose}${message}`,
            isDetermined,
            nextStep: unverified?.nextStep,
        };
    }
    const ignored = total - verified;
    const others = ignored === 0 ? '' : `; ${ignored} by other signers ${ignored === 1 ? 'was' : 'were'} ignored`;
    const listed = [...reasons].slice(0, MOST_REASONS);
    return {
        ...none,
        words: `has ${verified === 1 ? '1 attestation' : `${verified} attestations`} of this type by this signer, but ${listed.join('; ')}${others}`,
        isDetermined,
        reasons: listed,
    };
}
/**
 * Which attestations cosign verifies as the signer's; all of them where there are few. Everyone who can push can attach
 * thousands, so they are not verified one by one before that.
 */
async function signedOnes(verification, subject, attestations, type) {
    if (attestations.length <= FEW)
        return { attestations, isDetermined: true, why: undefined };
    const signed = [];
    let isDetermined = true;
    let why;
    for (const format of ['bundle', 'legacy']) {
        const ofFormat = attestations.filter((one) => one.format === format);
        for (let at = 0; at < ofFormat.length; at += MOST_SERVED) {
            const part = ofFormat.slice(at, at + MOST_SERVED);
            const checked = await verifyWith(verification, subject, part, type);
            if (checked.ok) {
                const payloads = (0,statements_statement/* verifiedPayloads */.qP)(checked.stdout);
                signed.push(...part.filter(({ envelope }) => payloads.has(envelope.payload.toString('base64'))));
            }
            else {
                why ??= checked;
                isDetermined &&= checked.found !== undefined;
            }
        }
    }
    return { attestations: signed, isDetermined, why };
}
function factsOf({ format, layer }) {
    return format === 'bundle' ? bundleFacts(layer.bytes) : undefined;
}
async function verifyWith({ session, verifier, required }, subject, attestations, type) {
    const isIdentity = required.signer.kind === 'identity';
    const copy = await session.serve({ digest: subject.digest, attestations });
    return (0,check/* check */.z6)(session, {
        subject,
        verifier,
        format: attestations[0]?.format ?? 'bundle',
        wanted: { type },
        copy,
        ignoresCertificateLog: isIdentity && hasNoCertificateLog(required.trustedRoot),
        timestampInsteadOfLog: needsTimestamp(required),
    });
}
/** The certificate is valid for minutes: without a log, a timestamp has to say that it was valid when it signed. */
function needsTimestamp({ signer, transparencyLog }) {
    return signer.kind === 'identity' && !transparencyLog;
}
/** Whether a trusted root names no log of certificates: then certificates of its authorities are in none. */
function hasNoCertificateLog(trustedRoot) {
    if (trustedRoot === undefined)
        return false;
    const { ctlogs = [] } = JSON.parse(trustedRoot);
    return Array.isArray(ctlogs) && ctlogs.length === 0;
}
/** The time by which attestations are sorted. It may not be verified. */
function claimedTime(facts) {
    return oldest([...(facts?.times?.integrated ?? []), ...(facts?.times?.stamped ?? [])])?.getTime() ?? 0;
}
function oldest(times) {
    const all = times.map((time) => time.getTime());
    return all.length === 0 ? undefined : new Date(Math.min(...all));
}
/** Why an attestation that cosign verified alone does not count, or when it was signed. */
function refusal({ required, unmet, now }, attestation, predicate, facts) {
    if (!(0,spelling/* isRecord */.u4)(predicate)) {
        return { why: 'its statement is not about this digest, has no predicate, or can be read in two ways' };
    }
    const condition = unmet(required, predicate, certificateSource(required, attestation));
    if (condition !== undefined)
        return { why: condition };
    const at = verifiedTime(required, facts);
    if (at !== undefined && now !== undefined && at.getTime() > now.getTime() + time/* CLOCK_SKEW_MS */.rn) {
        return { why: `it was signed in the future, at ${at.toISOString()}` };
    }
    if (required.maxAgeMs === undefined)
        return { at };
    const limit = `the policy allows ${(0,time/* formatAge */.nV)(required.maxAgeMs)}`;
    if (at === undefined) {
        return { why: `no log and no timestamp authority states when it was signed, and ${limit}` };
    }
    if (now === undefined)
        return { why: `AWS’s time is unknown, and ${limit}` };
    const age = now.getTime() - at.getTime();
    return age > required.maxAgeMs ? { why: `it was signed ${(0,time/* formatAge */.nV)(age)} ago, and ${limit}` } : { at };
}
/**
 * When an attestation by an identity was signed: the oldest of the times in its bundle and of the time from which its certificate is
 * valid. A bundle can contain times that cosign has not verified, and anyone can get a later timestamp for a signature, so only an
 * older time can be wrong in the strict direction. The certificate is part of what cosign verified, and is issued to sign at once.
 *
 * A key has no certificate, so when it signed is unknown: a log or a timestamp authority also accepts an old signature.
 */
function verifiedTime({ signer, transparencyLog }, facts) {
    if (signer.kind !== 'identity' || facts?.times === undefined || facts.validFrom === undefined)
        return undefined;
    const { promised, stamped, integrated } = facts.times;
    const isVerified = stamped.length > 0 || (transparencyLog && promised.length > 0);
    return isVerified ? oldest([...integrated, ...stamped, facts.validFrom]) : undefined;
}
/** The annotation of a legacy attestation with the certificate of its signature. Source: cosign, pkg/oci/static/signature.go. */
const LEGACY_CERTIFICATE = 'dev.sigstore.cosign/certificate';
/** The source repository in the certificate of an attestation, where the policy compares it. */
function certificateSource({ signer, sourceRepository }, { format, layer }) {
    if (signer.kind !== 'identity' || sourceRepository === undefined)
        return { kind: 'none' };
    const certificate = format === 'bundle'
        ? bundleFacts(layer.bytes)?.certificate
        : certificateFromPem(layer.descriptor.annotations[LEGACY_CERTIFICATE] ?? '');
    return certificate === undefined ? { kind: 'unreadable' } : sourceInCertificate(certificate);
}

// EXTERNAL MODULE: ./signing/cosign/arguments.js
var cosign_arguments = __webpack_require__(35125);
// EXTERNAL MODULE: ./signing/cosign/output.js
var output = __webpack_require__(61920);
// EXTERNAL MODULE: ./signing/cosign/provision.js + 1 modules
var provision = __webpack_require__(58850);
// EXTERNAL MODULE: ./signing/cosign/session.js
var cosign_session = __webpack_require__(70017);
// EXTERNAL MODULE: ./signing/evidence/read.js
var read = __webpack_require__(3139);
// EXTERNAL MODULE: ./signing/evidence/source.js
var source = __webpack_require__(41590);
// EXTERNAL MODULE: ./signing/statements/predicate.js
var predicate = __webpack_require__(88421);
;// CONCATENATED MODULE: ./signing/attestations.js
/**
 * Looks for the attestations that a policy requires of an image. cosign verifies who signed one; its predicate, its age and
 * its subject are checked in what cosign verified.
 */













/**
 * Gets cosign ready.
 * @throws GateError `signing`
 */
async function prepareAttestationVerifier(required, cosignVersion, unmet, ports) {
    const cosign = await (0,provision/* provisionCosign */.$0)(cosignVersion, { ...ports, signal: ports.deadline.signal });
    const session = await (0,cosign_session/* openSession */.fA)(cosign, { key: 'none', keyRegion: undefined, services: undefined, transparencyLog: false }, ports);
    try {
        const prepared = [];
        for (const [index, one] of required.entries())
            prepared.push(await prepare(session, one, index));
        const types = new Set(required.map(({ type }) => type));
        return {
            cosignVersion: cosign.version,
            verify: async (image, now) => {
                const reading = new Reading(image, types, ports);
                const outcomes = [];
                for (const one of prepared)
                    outcomes.push(await outcomeOf({ ...one, unmet, reading, now }, image));
                return outcomes;
            },
            close: session.close,
        };
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
async function prepare(common, required, index) {
    const { signer, trustedRoot, transparencyLog } = required;
    const write = async (name, content) => {
        const path = (0,external_node_path_.join)(common.home, name);
        await (0,promises_.writeFile)(path, content, { mode: 0o600 });
        return path;
    };
    const own = trustedRoot === undefined ? undefined : await write(`attestation-root-${index}.json`, trustedRoot);
    const session = {
        ...common,
        transparencyLog,
        trustedRoot: own ?? common.trustedRoot,
        ownServices: own !== undefined,
        key: signer.kind === 'kms' ? 'kms' : 'none',
        keyRegion: signer.kind === 'kms' ? signer.region : undefined,
    };
    if (signer.kind === 'identity')
        return { required, session, verifier: signer };
    const reference = signer.kind === 'kms' ? signer.reference : await write(`attestation-key-${index}.pem`, signer.pem);
    return { required, session, verifier: { kind: 'key', reference } };
}
/** The most that is kept in memory of one image: as much as `readEvidence` keeps of one digest. */
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
/** What is attached to the digests of one image. Each digest is read once. */
class Reading {
    image;
    types;
    ports;
    evidence = new Map();
    statements = new Map();
    keptBytes = 0;
    constructor(image, types, ports) {
        this.image = image;
        this.types = types;
        this.ports = ports;
    }
    subject(digest) {
        const { registry, repository } = this.image;
        return { registry, repository, digest };
    }
    /** @throws UnreadableEvidence */
    attachedTo(digest) {
        return once(this.evidence, digest, async () => {
            const { evidence: source, deadline } = this.ports;
            const found = await (0,read/* readEvidence */.At)(source, this.subject(digest), deadline, this.types);
            this.keep(found.attestations);
            return found;
        });
    }
    /** @throws UnreadableEvidence */
    builtInto(digest) {
        return once(this.statements, digest, async () => {
            const found = await (0,read/* readBuildStatements */.xQ)(this.ports.evidence, this.subject(digest), this.types);
            this.keep(found);
            return found;
        });
    }
    keep(items) {
        for (const { layer } of items)
            this.keptBytes += layer.bytes.length;
        if (this.keptBytes > MOST_KEPT_BYTES) {
            const what = `the attestations of the image and its platforms have more than ${MOST_KEPT_BYTES} bytes`;
            throw new source/* UnreadableEvidence */.jI(what, source/* DELETE_UNNEEDED */.T7);
        }
    }
}
function once(known, digest, read) {
    const found = known.get(digest) ?? read();
    known.set(digest, found);
    return found;
}
async function outcomeOf(search, image) {
    const { required } = search;
    const proof = {
        kind: 'required-attestation',
        what: `Required attestation ${required.type}`,
        by: attestationSignerText(required.signer),
        at: undefined,
        ageMs: undefined,
        nextStep: undefined,
    };
    try {
        const result = await searchImage(search, image);
        if (!('accepted' in result)) {
            const { why, isDetermined, nextStep } = result;
            return { proof: { ...proof, state: 'failed', detail: why, nextStep }, used: [], isDetermined };
        }
        const { accepted, where } = result;
        const times = accepted.flatMap(({ at }) => at ?? []).map((at) => at.getTime());
        // The oldest of several counts for the age. If the time of one is unknown, so is that of all.
        const at = times.length === accepted.length && times.length > 0 ? new Date(Math.min(...times)) : undefined;
        return {
            proof: {
                ...proof,
                state: 'proven',
                detail: where,
                at,
                ageMs: at && search.now && Math.max(0, search.now.getTime() - at.getTime()),
                ends: at && (0,time/* endOf */.pJ)(at, required.maxAgeMs),
            },
            used: distinct(accepted.flatMap(({ used }) => used)),
            isDetermined: true,
        };
    }
    catch (error) {
        if (!(error instanceof source/* UnreadableEvidence */.jI))
            throw error;
        const detail = `not everything that is attached could be read: ${error.message}`;
        return {
            proof: { ...proof, state: 'failed', detail, nextStep: error.nextStep },
            used: [],
            isDetermined: false,
        };
    }
}
/** The signer in words. A public key has no name of its own. */
function attestationSignerText(signer) {
    if (signer.kind === 'kms')
        return signer.reference;
    if (signer.kind === 'identity')
        return `${signer.identity} (${signer.issuer})`;
    const der = (0,external_node_crypto_.createPublicKey)(signer.pem).export({ type: 'spki', format: 'der' });
    return `the public key sha256:${(0,external_node_crypto_.createHash)('sha256').update(der).digest('hex')}`;
}
function distinct(used) {
    return [...new Map(used.map((one) => [one.digest, one])).values()];
}
const NEXT_STEP = 'Attest the image by its digest in the workflow that builds it, with the signer that the policy names. Then run the step again.';
/**
 * Searches an image: the digest itself must carry the attestation, or else each of its platforms. The digest of an index
 * covers its platforms, because it contains their digests.
 */
async function searchImage(search, image) {
    const own = await searchAttached(search, image.digest);
    if (own.accepted !== undefined) {
        return {
            accepted: [own.accepted],
            where: image.isIndex ? 'attached to the index' : 'attached to the image',
        };
    }
    if (!image.isIndex) {
        // Build attestations refer to the image if BuildKit pushed them as referrers.
        const built = await searchBuilt(search, image.digest);
        if (built.accepted !== undefined) {
            return { accepted: [built.accepted], where: 'in a build attestation whose manifest is signed' };
        }
        return refused(`the image ${own.words}`, [own, built]);
    }
    const accepted = [];
    let isBuilt = false;
    for (const { digest, platform } of image.platforms) {
        const attached = await searchAttached(search, digest);
        const built = attached.accepted === undefined ? await searchBuilt(search, digest) : undefined;
        const found = attached.accepted ?? built?.accepted;
        if (found === undefined) {
            const words = `the index ${own.words}, and its image for ${platform} ${attached.words}`;
            return refused(words, [own, attached, ...(built === undefined ? [] : [built])]);
        }
        isBuilt ||= built !== undefined;
        accepted.push(found);
    }
    if (accepted.length === 0)
        return refused(`the index ${own.words}`, [own]);
    const how = isBuilt ? 'in build attestations whose manifests are signed' : 'attached to each of them';
    return { accepted, where: `for each of ${accepted.length} platform images, ${how}` };
}
function refused(words, found) {
    const built = found.find(({ isBuild }) => isBuild)?.words;
    return {
        why: built === undefined || built === '' ? words : `${words}. ${built}`,
        isDetermined: found.every(({ isDetermined }) => isDetermined),
        nextStep: found.find(({ nextStep }) => nextStep !== undefined)?.nextStep ?? NEXT_STEP,
    };
}
/** Searches the attestations that are attached to a digest. */
async function searchAttached(search, digest) {
    const { reading, required } = search;
    const { attestations } = await reading.attachedTo(digest);
    const ofType = attestations.filter(({ isForCosign, envelope: { statement } }) => isForCosign && statement.predicateType === required.type);
    const own = ofType.filter(({ envelope }) => (0,statements_statement/* isAbout */.KH)(envelope.statement, digest));
    const foreign = ofType.length - own.length;
    const tried = await tryEach(search, reading.subject(digest), own, {
        type: required.type,
        predicateOf: (statements) => statements.find((statement) => statement.predicateType === required.type && (0,statements_statement/* isAbout */.KH)(statement, digest))
            ?.predicate,
    });
    if (tried.accepted !== undefined) {
        const { attestation, at } = tried.accepted;
        return found({ at, used: [usedOf(search, attestation.layer.digest)] });
    }
    const others = foreign === 0
        ? ''
        : `; ${foreign} more ${foreign === 1 ? 'is' : 'are'} about another image, and do not count`;
    return { ...tried, accepted: undefined, words: `${tried.words}${others}`, isBuild: false };
}
function found(accepted) {
    return { accepted, words: '', isDetermined: true, nextStep: undefined, isBuild: false };
}
const BUILD_ATTESTATION = 'application/vnd.docker.attestation.manifest.v1+json';
/** An index has no more build attestations that belong to images; see image/resolve.ts. */
const MOST_BUILD_ATTESTATIONS = 200;
/** Searches the build attestations about a platform image. They count only if the manifest of the attestation is signed. */
async function searchBuilt(search, platform) {
    const { reading, required } = search;
    const { referrers } = await reading.attachedTo(platform);
    const manifests = [
        ...new Set([
            ...reading.image.attestations,
            ...referrers.flatMap(({ digest, artifactType }) => artifactType === BUILD_ATTESTATION ? [digest] : []),
        ]),
    ];
    const none = {
        accepted: undefined,
        words: '',
        isDetermined: true,
        nextStep: undefined,
        isBuild: true,
    };
    if (manifests.length > MOST_BUILD_ATTESTATIONS) {
        return {
            ...none,
            words: `It has more than ${MOST_BUILD_ATTESTATIONS} build attestations`,
            isDetermined: false,
        };
    }
    let unsigned = 0;
    let isDetermined = true;
    const reasons = new Set();
    for (const manifest of manifests) {
        const statements = await reading.builtInto(manifest);
        const matching = statements.filter(({ statement }) => statement !== undefined && statement.predicateType === required.type && (0,statements_statement/* isAbout */.KH)(statement, platform));
        for (const { layer, statement } of matching) {
            const subject = reading.subject(manifest);
            const { attestations } = await reading.attachedTo(manifest);
            const signatures = attestations.filter(({ format, isForCosign, envelope }) => format === 'bundle' &&
                isForCosign &&
                envelope.statement.predicateType === cosign_arguments/* SIGNATURE_TYPE */.uf &&
                (0,statements_statement/* isAbout */.KH)(envelope.statement, manifest));
            const tried = signatures.length === 0
                ? undefined
                : await tryEach(search, subject, signatures, {
                    type: cosign_arguments/* SIGNATURE_TYPE */.uf,
                    predicateOf: (verified) => verified.some((one) => (0,output/* isSignature */.hi)(one, manifest, {})) ? statement?.predicate : undefined,
                });
            if (tried?.accepted !== undefined) {
                const { attestation, at } = tried.accepted;
                return {
                    ...found({
                        at,
                        used: [usedOf(search, layer.digest), usedOf(search, attestation.layer.digest)],
                    }),
                    isBuild: true,
                };
            }
            if (tried !== undefined)
                isDetermined &&= tried.isDetermined;
            if (tried === undefined || tried.reasons.length === 0)
                unsigned += 1;
            for (const reason of tried?.reasons ?? [])
                reasons.add(reason);
        }
    }
    const many = unsigned === 1
        ? '1 build attestation of BuildKit has this type, but its manifest is'
        : `${unsigned} build attestations of BuildKit have this type, but their manifests are`;
    const words = [
        ...(unsigned === 0 ? [] : [`${many} not signed by this signer, and unsigned attestations do not count`]),
        ...[...reasons]
            .slice(0, MOST_REASONS)
            .map((reason) => `A build attestation that this signer signed does not count: ${reason}`),
    ];
    return { ...none, words: words.join('. '), isDetermined };
}
function usedOf({ reading: { image } }, digest) {
    return { uri: `${(0,predicate/* resourceUri */.N)(image.registry, image.repository)}@${digest}`, digest };
}


/***/ })

};

export const id = 405;
export const ids = [405];
export const modules = {

/***/ 5405:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  prepareAttestationVerifier: () => (/* binding */ prepareAttestationVerifier)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/text.js
var lib_text = __webpack_require__(8804);
// EXTERNAL MODULE: ./lib/time.js
var time = __webpack_require__(6146);
// EXTERNAL MODULE: ./lib/signing/cosign/check.js
var check = __webpack_require__(5551);
// EXTERNAL MODULE: ./lib/json.js
var json = __webpack_require__(6413);
// EXTERNAL MODULE: ./lib/signing/statements/spelling.js
var spelling = __webpack_require__(6254);
;// CONCATENATED MODULE: ./lib/signing/evidence/der.js
const SEQUENCE = 0x30;
const SET = 0x31;
const OBJECT_ID = 0x06;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;
const GENERALIZED_TIME = 0x18;
function context(number) {
    return 0xa0 + number;
}
const MOST_LENGTH_BYTES = 4;
function derValues(bytes) {
    const values = [];
    let at = 0;
    while (at < bytes.length) {
        const tag = bytes[at];
        const first = bytes[at + 1];
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
function only(bytes, tag) {
    const [value, ...others] = (bytes && derValues(bytes)) ?? [];
    return others.length === 0 && value?.tag === tag ? value.content : undefined;
}
function sequence(bytes) {
    const content = only(bytes, SEQUENCE);
    return content && derValues(content);
}

;// CONCATENATED MODULE: ./lib/signing/evidence/bundle.js




const MOST_DER_BYTES = 64 * 1024;
const MOST_TIMES = 32;
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
function integratedTime(value) {
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && /^\d{1,11}$/.test(text) ? new Date(Number(text) * 1000) : undefined;
}
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');
const TIMESTAMP_INFO = Buffer.from('2a864886f70d0109100104', 'hex');
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
    const time = sequence(only(info.content, OCTET_STRING))?.[4];
    return time?.tag === GENERALIZED_TIME ? generalizedTime(time.content.toString('latin1')) : undefined;
}
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
function certificateFromPem(pem) {
    try {
        return new external_node_crypto_.X509Certificate(pem).raw;
    }
    catch {
        return undefined;
    }
}
const SOURCE_REPOSITORY_URI = Buffer.from('2b0601040183bf30010c', 'hex');
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

// EXTERNAL MODULE: ./lib/signing/statements/statement.js
var statements_statement = __webpack_require__(9283);
;// CONCATENATED MODULE: ./lib/signing/attestation-verification.js






const MOST_SERVED = 500;
const MOST_TRIED = 50;
const FEW = 3;
const MOST_REASONS = 3;
const MOST_REASON_CHARACTERS = 500;
async function tryEach(verification, subject, attestations, wanted) {
    const none = { accepted: undefined, isDetermined: true, nextStep: undefined, reasons: [] };
    if (attestations.length === 0)
        return { ...none, words: 'has no attestation of this type' };
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
        const message = unverified === undefined ? '' : ` (${(0,lib_text/* clip */.$Q)(unverified.message, MOST_REASON_CHARACTERS)})`;
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
function needsTimestamp({ signer, transparencyLog }) {
    return signer.kind === 'identity' && !transparencyLog;
}
function hasNoCertificateLog(trustedRoot) {
    if (trustedRoot === undefined)
        return false;
    const { ctlogs = [] } = JSON.parse(trustedRoot);
    return Array.isArray(ctlogs) && ctlogs.length === 0;
}
function claimedTime(facts) {
    return oldest([...(facts?.times?.integrated ?? []), ...(facts?.times?.stamped ?? [])])?.getTime() ?? 0;
}
function oldest(times) {
    const all = times.map((time) => time.getTime());
    return all.length === 0 ? undefined : new Date(Math.min(...all));
}
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
function verifiedTime({ signer, transparencyLog }, facts) {
    if (signer.kind !== 'identity' || facts?.times === undefined || facts.validFrom === undefined)
        return undefined;
    const { promised, stamped, integrated } = facts.times;
    const isVerified = stamped.length > 0 || (transparencyLog && promised.length > 0);
    return isVerified ? oldest([...integrated, ...stamped, facts.validFrom]) : undefined;
}
function certificateSource({ signer, sourceRepository }, { format, layer }) {
    if (signer.kind !== 'identity' || sourceRepository === undefined)
        return { kind: 'none' };
    const certificate = format === 'bundle' ? bundleFacts(layer.bytes)?.certificate : legacyCertificate(layer.descriptor);
    return certificate === undefined ? { kind: 'unreadable' } : sourceInCertificate(certificate);
}
function legacyCertificate({ annotations }) {
    const pem = annotations?.['dev.sigstore.cosign/certificate'];
    return typeof pem === 'string' ? certificateFromPem(pem) : undefined;
}

// EXTERNAL MODULE: ./lib/signing/cosign/arguments.js
var cosign_arguments = __webpack_require__(4155);
// EXTERNAL MODULE: ./lib/signing/cosign/output.js
var output = __webpack_require__(7630);
// EXTERNAL MODULE: ./lib/signing/cosign/provision.js + 1 modules
var provision = __webpack_require__(0);
// EXTERNAL MODULE: ./lib/signing/cosign/session.js
var cosign_session = __webpack_require__(6971);
// EXTERNAL MODULE: ./lib/signing/evidence/read.js + 1 modules
var read = __webpack_require__(5209);
// EXTERNAL MODULE: ./lib/signing/evidence/source.js
var source = __webpack_require__(4368);
// EXTERNAL MODULE: ./lib/signing/statements/predicate.js
var predicate = __webpack_require__(6203);
;// CONCATENATED MODULE: ./lib/signing/attestations.js












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
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
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
    attachedTo(digest) {
        return once(this.evidence, digest, async () => {
            const { evidence: source, deadline } = this.ports;
            const found = await (0,read/* readEvidence */.At)(source, this.subject(digest), deadline, this.types);
            this.keep(found.attestations);
            return found;
        });
    }
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
        const at = times.length === accepted.length && times.length > 0 ? new Date(Math.min(...times)) : undefined;
        return {
            proof: {
                ...proof,
                state: 'proven',
                detail: where,
                at,
                ageMs: at && search.now && Math.max(0, search.now.getTime() - at.getTime()),
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
async function searchImage(search, image) {
    const own = await searchAttached(search, image.digest);
    if (own.accepted !== undefined) {
        return {
            accepted: [own.accepted],
            where: image.isIndex ? 'attached to the index' : 'attached to the image',
        };
    }
    if (!image.isIndex) {
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
const MOST_BUILD_ATTESTATIONS = 200;
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


/***/ }),

/***/ 5561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ envelopeIn),
/* harmony export */   q: () => (/* binding */ signedBy)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8522);
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9283);



const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
function envelopeIn(bytes, mostBytes) {
    let value;
    try {
        value = JSON.parse(decompressed(bytes, mostBytes).toString('utf8'));
    }
    catch (error) {
        if (error instanceof RangeError)
            throw error;
        return undefined;
    }
    const bundle = record(value);
    const envelope = record(bundle?.dsseEnvelope ?? bundle?.dsse_envelope) ?? bundle;
    const payloadType = envelope?.payloadType ?? envelope?.payload_type;
    if (typeof envelope?.payload !== 'string' || typeof payloadType !== 'string')
        return undefined;
    const payload = Buffer.from(envelope.payload, 'base64');
    const statement = (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_2__/* .readLoosely */ .Ao)(payload.toString('utf8'));
    if (statement === undefined)
        return undefined;
    const signatures = (Array.isArray(envelope.signatures) ? envelope.signatures : []).flatMap((signature) => {
        const sig = record(signature)?.sig;
        return typeof sig === 'string' ? [Buffer.from(sig, 'base64')] : [];
    });
    return { payloadType, payload, signatures, statement };
}
function decompressed(bytes, maxOutputLength) {
    const begins = (magic) => magic.every((byte, at) => bytes[at] === byte);
    if (begins(GZIP))
        return (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.gunzipSync)(bytes, { maxOutputLength });
    return begins(ZSTD) ? (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.zstdDecompressSync)(bytes, { maxOutputLength }) : bytes;
}
function signedBy(pem) {
    const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(pem);
    const algorithms = algorithmsOf(key);
    return ({ payloadType, payload, signatures }) => {
        const signed = preAuthenticationEncoding(payloadType, payload);
        return signatures.some((signature) => algorithms.some(({ hash, ...padding }) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.verify)(hash, signed, { key, ...padding }, signature)));
    };
}
function preAuthenticationEncoding(payloadType, payload) {
    const type = Buffer.from(payloadType, 'utf8');
    return Buffer.concat([
        Buffer.from(`DSSEv1 ${type.length} `),
        type,
        Buffer.from(` ${payload.length} `),
        payload,
    ]);
}
const HASHES = ['sha256', 'sha384', 'sha512'];
function algorithmsOf({ asymmetricKeyType }) {
    if (asymmetricKeyType === 'ed25519')
        return [{ hash: undefined }];
    if (!asymmetricKeyType?.startsWith('rsa'))
        return HASHES.map((hash) => ({ hash }));
    const pss = node_crypto__WEBPACK_IMPORTED_MODULE_0__.constants.RSA_PKCS1_PSS_PADDING;
    const paddings = asymmetricKeyType === 'rsa' ? [node_crypto__WEBPACK_IMPORTED_MODULE_0__.constants.RSA_PKCS1_PADDING, pss] : [pss];
    return HASHES.flatMap((hash) => paddings.map((padding) => ({ hash, padding })));
}
function record(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}


/***/ }),

/***/ 5209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  xQ: () => (/* binding */ readBuildStatements),
  At: () => (/* binding */ readEvidence),
  t6: () => (/* binding */ readLegacySignatures)
});

// EXTERNAL MODULE: ./lib/aws/download.js
var download = __webpack_require__(5225);
// EXTERNAL MODULE: ./lib/aws/errors.js
var errors = __webpack_require__(6762);
// EXTERNAL MODULE: ./lib/aws/pages.js
var pages = __webpack_require__(2909);
// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/signing/cosign/arguments.js
var cosign_arguments = __webpack_require__(4155);
// EXTERNAL MODULE: ./lib/signing/retry.js
var retry = __webpack_require__(5677);
// EXTERNAL MODULE: ./lib/signing/statements/revocation.js + 1 modules
var revocation = __webpack_require__(1668);
// EXTERNAL MODULE: ./lib/signing/statements/statement.js
var statement = __webpack_require__(9283);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/signing/evidence/source.js
var evidence_source = __webpack_require__(4368);
;// CONCATENATED MODULE: ./lib/signing/evidence/answers.js




const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;
function referrersIn(answer) {
    const { referrers, nextToken = null } = fields(answer);
    if (!Array.isArray(referrers))
        throw new errors/* MalformedAnswer */.ol('ListImageReferrers returned no list');
    if (nextToken !== null && typeof nextToken !== 'string') {
        throw new errors/* MalformedAnswer */.ol('ListImageReferrers returned a page token that is not a string');
    }
    if (referrers.length === 0 && nextToken) {
        throw new errors/* MalformedAnswer */.ol('ListImageReferrers returned an empty page that is not the last');
    }
    return { items: referrers.map(referrerOf), nextToken: nextToken ?? undefined };
}
function referrerOf(referrer) {
    const { digest, artifactType: type, size } = fields(referrer);
    if (typeof digest !== 'string' || !(0,reference/* isDigest */.Bc)(digest)) {
        throw new errors/* MalformedAnswer */.ol('ListImageReferrers listed a referrer without a digest');
    }
    const artifactType = typeof type === 'string' ? type : undefined;
    return { digest, artifactType, size: Number(size) > 0 ? Number(size) : MOST_MANIFEST_BYTES };
}
function taggedManifest(answer, tag) {
    const { images, failures } = fields(answer);
    const isTagged = (entry) => fields(entry.imageId).imageTag === tag;
    const found = entries(images).filter(isTagged);
    const failure = entries(failures).find(isTagged);
    const [image] = found;
    if (found.length === 1 && image !== undefined)
        return manifestOf(image, tag);
    if (found.length === 0 && failure?.failureCode === 'ImageNotFound')
        return undefined;
    throw new evidence_source/* UnreadableEvidence */.jI(`the tag ${tag} could not be read: ${reasonOf(failure)}`, evidence_source/* FIND_OUT_WHY */.Ce);
}
function manifestsByDigest(answer) {
    const { images, failures } = fields(answer);
    const byDigest = (list) => new Map(entries(list).map((entry) => [fields(entry.imageId).imageDigest, entry]));
    const [found, failed] = [byDigest(images), byDigest(failures)];
    return (digest) => {
        const image = found.get(digest);
        if (image !== undefined)
            return manifestOf(image, digest);
        throw new evidence_source/* UnreadableEvidence */.jI(`${digest} could not be read: ${reasonOf(failed.get(digest))}`, evidence_source/* FIND_OUT_WHY */.Ce);
    };
}
function manifestOf(image, requested) {
    const { imageId, imageManifest: text, imageManifestMediaType: type } = image;
    const digest = fields(imageId).imageDigest;
    const isValid = typeof digest === 'string' && (0,reference/* isDigest */.Bc)(digest) && typeof text === 'string';
    if (!isValid || sha256(text) !== digest) {
        throw new evidence_source/* UnreadableEvidence */.jI(`the manifest that ECR returned for ${requested} does not match its digest`, evidence_source/* FIND_OUT_WHY */.Ce);
    }
    return { digest, mediaType: typeof type === 'string' ? type : '', text };
}
function layersOf({ text }) {
    let layers;
    try {
        layers = JSON.parse(text)?.layers;
    }
    catch {
    }
    return (Array.isArray(layers) ? layers : []).flatMap((descriptor) => {
        const { digest, mediaType, size } = fields(descriptor);
        if (typeof digest !== 'string' || !(0,reference/* isDigest */.Bc)(digest))
            return [];
        return [
            {
                digest,
                mediaType: typeof mediaType === 'string' ? mediaType : '',
                size: typeof size === 'number' ? size : 0,
                descriptor: fields(descriptor),
            },
        ];
    });
}
function fields(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function entries(list) {
    return Array.isArray(list) ? list.map(fields) : [];
}
function reasonOf(failure) {
    if (failure === undefined)
        return 'ECR’s response does not contain it';
    return `ECR returned ${failure.failureCode} (${failure.failureReason})`;
}
function sha256(content) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(content).digest('hex')}`;
}

// EXTERNAL MODULE: ./lib/signing/evidence/envelope.js
var envelope = __webpack_require__(5561);
;// CONCATENATED MODULE: ./lib/signing/evidence/read.js











const BUNDLE = 'application/vnd.dev.sigstore.bundle';
const ENVELOPE = 'application/vnd.dsse.envelope';
const IN_TOTO = 'application/vnd.in-toto+json';
const PREDICATE_TYPE = 'in-toto.io/predicate-type';
const COSIGN_ATTESTATION = 'application/vnd.dev.cosign.artifact.att';
const NO_ARTIFACT_TYPES = new Set([
    'application/vnd.oci.empty.v1+json',
    'application/vnd.oci.image.config.v1+json',
    'application/vnd.docker.container.image.v1+json',
]);
const IMAGE_LAYER = /^application\/vnd\.(?:oci\.image\.layer|docker\.image\.rootfs)\./;
const MOST_REFERRERS = 10_000;
const MOST_LAYERS = MOST_REFERRERS;
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const MOST_IDS = 100;
const CONCURRENT_READS = 16;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1_000;
const AGAIN = 'Run the step again.';
async function readEvidence(source, subject, deadline, types = new Set()) {
    const reader = new Reader(source, subject, types);
    const result = await (0,retry/* retry */.L)(async () => {
        try {
            return { value: await reader.evidence(), again: false };
        }
        catch (error) {
            return { value: asUnreadable(error), again: true };
        }
    }, { deadline, attempts: ATTEMPTS, firstPauseMs: FIRST_PAUSE_MS });
    if (result instanceof evidence_source/* UnreadableEvidence */.jI)
        throw result;
    return result;
}
async function readLegacySignatures(source, subject) {
    try {
        return await new Reader(source, subject).legacySignatures();
    }
    catch (error) {
        throw asUnreadable(error);
    }
}
async function readBuildStatements(source, subject, types) {
    try {
        return await new Reader(source, subject, types).buildStatements();
    }
    catch (error) {
        throw asUnreadable(error);
    }
}
class Reader {
    source;
    subject;
    types;
    read = new Map();
    layers = 0;
    keptBytes = 0;
    constructor(source, subject, types = new Set()) {
        this.source = source;
        this.subject = subject;
        this.types = types;
    }
    async evidence() {
        const referrers = await this.listReferrers();
        const bundles = await this.bundles(referrers);
        const legacy = await this.tagged('att');
        return {
            referrers: referrers.map(({ digest, artifactType }) => ({ digest, artifactType })),
            attestations: [
                ...bundles,
                ...(legacy === undefined ? [] : await this.attestationsIn(legacy, 'legacy')),
            ],
        };
    }
    async legacySignatures() {
        const manifest = await this.tagged('sig');
        if (manifest === undefined)
            return undefined;
        const image = (await this.manifests([this.subject]))(this.subject.digest);
        return { image, manifest, layers: await this.signatureLayers(manifest) };
    }
    async listReferrers() {
        const seen = new Set();
        return (0,pages/* allPages */.S)('ListImageReferrers', async (token) => {
            const page = referrersIn(await this.source.referrers(this.subject, token));
            for (const { digest } of page.items) {
                if (seen.has(digest))
                    throw new errors/* MalformedAnswer */.ol(`ListImageReferrers listed ${digest} twice`);
                seen.add(digest);
            }
            if (seen.size > MOST_REFERRERS) {
                throw new evidence_source/* UnreadableEvidence */.jI(`more than ${MOST_REFERRERS} artifacts refer to it`, evidence_source/* DELETE_UNNEEDED */.T7);
            }
            return page;
        });
    }
    async bundles(referrers) {
        const unread = referrers.filter(({ digest }) => !this.read.has(digest));
        for (const batch of batches(unread)) {
            const manifestOf = await this.manifests(batch);
            await mapConcurrently(batch, async ({ digest, artifactType }) => {
                let manifest;
                try {
                    manifest = manifestOf(digest);
                }
                catch (error) {
                    if (!(error instanceof evidence_source/* UnreadableEvidence */.jI) || couldBeBundle(artifactType))
                        throw error;
                    this.read.set(digest, []);
                    return;
                }
                this.read.set(digest, await this.attestationsIn(manifest, 'bundle'));
            });
        }
        return referrers.flatMap(({ digest }) => this.read.get(digest) ?? []);
    }
    async attestationsIn(manifest, format) {
        const all = layersOf(manifest);
        const isEnvelope = ({ mediaType }) => mediaType.toLowerCase().startsWith(ENVELOPE);
        const wanted = all.filter((layer) => format === 'bundle'
            ? layer.mediaType.startsWith(BUNDLE) || isEnvelope(layer)
            : !IMAGE_LAYER.test(layer.mediaType));
        this.countLayers(wanted, 'attestations');
        const isForCosign = format === 'legacy' || all.length === 1;
        const attestations = await mapConcurrently(wanted, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            const envelope = envelopeOf(layer, manifest.digest);
            if (envelope === undefined || !this.isRelevant(envelope, format))
                return [];
            const isMisplaced = format === 'bundle' && isEnvelope(descriptor);
            if (isMisplaced && !(0,revocation/* isRevocation */.b)(envelope.statement))
                return [];
            this.keep(layer, 'attestations');
            if (isMisplaced)
                return [{ format: 'legacy', manifest, layer, envelope, isForCosign: true }];
            return [{ format, manifest, layer, envelope, isForCosign }];
        });
        return attestations.flat();
    }
    async buildStatements() {
        const manifest = (await this.manifests([this.subject]))(this.subject.digest);
        const all = layersOf(manifest);
        const entries = JSON.parse(manifest.text).layers;
        const isComplete = Array.isArray(entries) && entries.length === all.length;
        if (!isComplete || all.some(({ mediaType }) => mediaType !== IN_TOTO))
            return [];
        const wanted = all.filter(({ descriptor: { annotations } }) => {
            const type = annotations?.[PREDICATE_TYPE];
            return typeof type === 'string' && this.types.has(type);
        });
        this.countLayers(wanted, 'build attestations');
        return mapConcurrently(wanted, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            this.keep(layer, 'build attestations');
            return { layer, statement: (0,statement/* statementIn */.hg)(layer.bytes.toString('utf8')) };
        });
    }
    isRelevant({ statement: { predicateType } }, format) {
        return ((0,statement/* isSummaryType */.NV)(predicateType) ||
            (format === 'bundle' && predicateType === cosign_arguments/* SIGNATURE_TYPE */.uf) ||
            this.types.has(predicateType));
    }
    async signatureLayers(manifest) {
        const all = layersOf(manifest);
        this.countLayers(all, 'legacy signatures');
        return mapConcurrently(all, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            this.keep(layer, 'legacy signatures');
            return layer;
        });
    }
    countLayers(layers, what) {
        this.layers += layers.length;
        if (this.layers > MOST_LAYERS) {
            throw new evidence_source/* UnreadableEvidence */.jI(`its ${what} have more than ${MOST_LAYERS} layers`, evidence_source/* DELETE_UNNEEDED */.T7);
        }
    }
    keep({ bytes }, what) {
        this.keptBytes += bytes.length;
        if (this.keptBytes > MOST_KEPT_BYTES) {
            throw new evidence_source/* UnreadableEvidence */.jI(`its ${what} have more than ${MOST_KEPT_BYTES} bytes`, evidence_source/* DELETE_UNNEEDED */.T7);
        }
    }
    async layer({ digest, descriptor, size }, manifest) {
        if (size > MOST_BLOB_BYTES)
            throw tooLarge(digest, manifest);
        let bytes;
        try {
            bytes = await this.source.blob(this.subject, digest, MOST_BLOB_BYTES);
        }
        catch (error) {
            if (!(error instanceof download/* DownloadFailed */.Q))
                throw error;
            throw new evidence_source/* UnreadableEvidence */.jI(`${digest} of ${manifest} could not be downloaded: ${error.message}`, evidence_source/* FIND_OUT_WHY */.Ce);
        }
        if (sha256(bytes) !== digest) {
            throw new evidence_source/* UnreadableEvidence */.jI(`the bytes that ECR returned for ${digest} of ${manifest} do not match the digest`, evidence_source/* FIND_OUT_WHY */.Ce);
        }
        return { digest, descriptor, bytes };
    }
    async tagged(suffix) {
        const tag = `${this.subject.digest.replace(':', '-')}.${suffix}`;
        return taggedManifest(await this.source.manifests(this.subject, [{ imageTag: tag }]), tag);
    }
    async manifests(wanted) {
        const ids = wanted.map(({ digest }) => ({ imageDigest: digest }));
        return manifestsByDigest(await this.source.manifests(this.subject, ids));
    }
}
function envelopeOf({ bytes, digest }, manifest) {
    try {
        return (0,envelope/* envelopeIn */.Y)(bytes, MOST_BLOB_BYTES);
    }
    catch (error) {
        if (!(error instanceof RangeError))
            throw error;
        throw tooLarge(digest, manifest);
    }
}
function couldBeBundle(artifactType) {
    const type = artifactType?.trim().toLowerCase() ?? '';
    return (type === '' ||
        [BUNDLE, ENVELOPE, COSIGN_ATTESTATION].some((one) => type.startsWith(one)) ||
        NO_ARTIFACT_TYPES.has(type));
}
function batches(referrers) {
    const result = [];
    let bytes = Number.POSITIVE_INFINITY;
    for (const referrer of referrers) {
        bytes += referrer.size;
        const last = result.at(-1);
        if (last !== undefined && last.length < MOST_IDS && bytes <= MOST_MANIFEST_BYTES) {
            last.push(referrer);
        }
        else {
            result.push([referrer]);
            bytes = referrer.size;
        }
    }
    return result;
}
async function mapConcurrently(items, work) {
    const results = [];
    const open = [...items.entries()].reverse();
    const workers = Array.from({ length: Math.min(CONCURRENT_READS, items.length) }, async () => {
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
            const [at, item] = next;
            try {
                results[at] = await work(item);
            }
            catch (error) {
                open.length = 0;
                throw error;
            }
        }
    });
    const ends = await Promise.allSettled(workers);
    for (const end of ends)
        if (end.status === 'rejected')
            throw end.reason;
    return results;
}
function tooLarge(digest, manifest) {
    return new evidence_source/* UnreadableEvidence */.jI(`${digest} of ${manifest} has more than ${MOST_BLOB_BYTES} bytes`, evidence_source/* DELETE_UNNEEDED */.T7);
}
function asUnreadable(error) {
    if (error instanceof evidence_source/* UnreadableEvidence */.jI)
        return error;
    if (error instanceof errors/* MalformedAnswer */.ol)
        return new evidence_source/* UnreadableEvidence */.jI(error.message, AGAIN);
    if (error instanceof lib_errors/* GateError */.ue && !['timeout', 'cancelled', 'credentials'].includes(error.code)) {
        return new evidence_source/* UnreadableEvidence */.jI(error.message.replace(/\.$/, ''), error.nextStep ?? AGAIN);
    }
    throw error;
}


/***/ }),

/***/ 4368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ce: () => (/* binding */ FIND_OUT_WHY),
/* harmony export */   T7: () => (/* binding */ DELETE_UNNEEDED),
/* harmony export */   jI: () => (/* binding */ UnreadableEvidence)
/* harmony export */ });
class UnreadableEvidence extends Error {
    name = 'UnreadableEvidence';
    nextStep;
    constructor(message, nextStep) {
        super(message);
        this.nextStep = nextStep;
    }
}
const FIND_OUT_WHY = 'Find out why ECR does not return it. Restore it if it is archived, or delete it if it is not needed, and run the step again.';
const DELETE_UNNEEDED = 'Delete the artifacts that are not needed, and find out who pushed them. Then run the step again.';


/***/ })

};

export const id = 7078;
export const ids = [7078];
export const modules = {

/***/ 66002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ checked)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37728);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17180);
/** AWS responses, checked against the shape that the gate needs. */


/**
 * Reads an answer with a schema. A member that is missing is not the same as an empty one.
 * @param api such as `ecr:DescribeImages`
 * @throws MalformedAnswer with the API and the member that is malformed
 */
function checked(schema, answer, api) {
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(schema, answer, { abortEarly: true });
    if (result.success)
        return result.output;
    const [issue] = result.issues;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned a malformed response (${valibot__WEBPACK_IMPORTED_MODULE_1__/* .getDotPath */ .BuJ(issue) ?? 'as a whole'}: ${issue.message})`);
}


/***/ }),

/***/ 13791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ allPages)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17180);
/** Lists that AWS returns in pages. */

/** The most items of a list, more than the findings of any image. An endless list would fill the memory. */
const MOST_ITEMS = 200_000;
/**
 * Reads all pages of a list.
 * @param api such as `inspector2:ListFindings`
 * @param fetch reads a page by its token; undefined for the first
 * @throws MalformedAnswer when a token is repeated (the list would never end, or pages would be missing), or when the
 *   list has more than 200,000 items
 */
async function allPages(api, fetch) {
    const items = [];
    const seen = new Set();
    let coming = fetch(undefined);
    while (coming !== undefined) {
        const page = await coming;
        // An empty token ends the list like a missing one: the services accept no empty token.
        const token = page.nextToken === '' ? undefined : page.nextToken;
        if (token !== undefined && seen.has(token)) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned the same page token twice`);
        }
        if (token !== undefined)
            seen.add(token);
        coming = token === undefined ? undefined : fetch(token);
        // It is awaited after the items of this page, which may be malformed.
        coming?.catch(() => { });
        for (const item of typeof page.items === 'function' ? page.items() : page.items)
            items.push(item);
        if (items.length > MOST_ITEMS)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned more than ${MOST_ITEMS} items`);
    }
    return items;
}


/***/ }),

/***/ 59903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ auditSubject),
/* harmony export */   i: () => (/* binding */ verifySubject)
/* harmony export */ });
/** What an issue is about. Two steps with different subjects keep different issues. */
const MAX_NAMED = 3;
/** @param registries as given in the inputs, like the globs over repositories */
function auditSubject(registries, repositories) {
    return {
        title: registries.length === 0 ? 'ECR audit' : `ECR audit of ${named(registries)}`,
        identity: ['audit', registries.toSorted(), repositories.toSorted()],
    };
}
/**
 * @param title the input `issue-title`: with it, the issue stays the same if the repositories change
 * @param images the images of the step
 */
function verifySubject(title, images) {
    if (title !== undefined)
        return { title, identity: ['verify', title] };
    const names = (of) => [...new Set(images.map(of))].sort();
    return {
        title: `ECR verify of ${named(names(({ repository }) => repository))}`,
        identity: ['verify', names(({ registry, repository }) => `${registry.host}/${repository}`)],
    };
}
function named(names) {
    const left = names.length - MAX_NAMED;
    return `${names.slice(0, MAX_NAMED).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}


/***/ }),

/***/ 44924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ issueMode)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75650);
/* harmony import */ var _read_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(903);
/** The input `issue`, which the audit and the verify action share. */


/** @throws GateError `input` if an issue requires a token and there is none */
function issueMode(text, githubToken) {
    const issue = (0,_read_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)('issue', text('issue') || 'never', ['never', 'on-failure', 'always']);
    if (issue === 'never' || githubToken !== undefined)
        return issue;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input issue: ${issue} requires the input github-token, which is empty.`, {
        nextStep: `Set github-token: \${{ github.token }} and give the job permissions: issues: write.`,
    });
}


/***/ }),

/***/ 27078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  newRun: () => (/* binding */ newRun)
});

;// CONCATENATED MODULE: ./audit/facts.js
/**
 * A value, or why it is unknown. Only `Fact.open` returns the content of a fact. Checks do not call it: `check.ts`
 * reads facts for them, and an unknown fact makes the result unknown.
 */
class Fact {
    content;
    constructor(content) {
        this.content = content;
    }
    static known(value) {
        return new Fact({ known: value });
    }
    /** @param missing the missing IAM actions */
    static unknown(reason, missing = []) {
        return new Fact({ gap: { reason, missing } });
    }
    /** For code that creates or passes on facts, not for checks. */
    static open(fact) {
        return fact.content;
    }
    /** The fact that a function computes from the value; unknown if the value is unknown. */
    map(make) {
        return 'gap' in this.content ? new Fact(this.content) : Fact.known(make(this.content.known));
    }
}
/** Known to be absent. */
const ABSENT = Fact.known(undefined);
/** All values; unknown, with all reasons, if one of them is. */
function allOf(facts) {
    const values = [];
    const gaps = [];
    for (const fact of facts) {
        const content = Fact.open(fact);
        if ('gap' in content)
            gaps.push(content.gap);
        else
            values.push(content.known);
    }
    if (gaps.length === 0)
        return Fact.known(values);
    const { reason, missing } = joinedGaps(gaps);
    return Fact.unknown(reason, missing);
}
/** Combines several gaps. */
function joinedGaps(gaps) {
    return {
        reason: [...new Set(gaps.map(({ reason }) => reason))].join('; '),
        missing: [...new Set(gaps.flatMap(({ missing }) => missing))].sort(),
    };
}
/** The fact in the form that the evaluators use. */
function asKnown(fact) {
    const content = Fact.open(fact);
    return 'gap' in content ? { unknown: content.gap.reason } : content;
}
/** The sources that show which images are used. Each is a separate fact. */
const USES = ['ecs', 'lambda', 'lambdaVersions'];

;// CONCATENATED MODULE: ./audit/severity.js
/** The severity of a failed check. */
const SEVERITIES = ['critical', 'high', 'medium', 'low'];
/** Negative where the first is worse, so that sorting puts the worst first. */
function bySeverity(a, b) {
    return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}
/** The worst of several; undefined if there are none. */
function worst(severities) {
    return SEVERITIES.find((severity) => severities.includes(severity));
}
/** Whether a severity is at or above a threshold. No severity is at or above `none`. */
function isAtLeast(severity, threshold) {
    return threshold !== 'none' && bySeverity(severity, threshold) <= 0;
}

;// CONCATENATED MODULE: ./audit/baseline.js
/** Which failures are new since an earlier audit, and which no longer exist. */


function keyOf({ check, resource }) {
    return `${check} ${resource}`;
}
/**
 * Determines for each failure whether it is new: the earlier audit had no such failure, had a less severe one, or had
 * one that did not cover everything that this failure is about. A failure that was unknown or ignored before is new.
 */
function withNews(results, baseline) {
    const before = new Map(baseline.filter(({ status }) => status === 'fail').map((one) => [keyOf(one), one]));
    return results.map((result) => result.status === 'fail' ? { ...result, new: isNew(result, before.get(keyOf(result))) } : result);
}
function isNew(result, before) {
    if (before === undefined || bySeverity(result.severity, before.severity) < 0)
        return true;
    const known = new Set(before.items);
    return result.items.some((item) => !known.has(item));
}
/**
 * Failures of an earlier audit that no longer exist: the check passes now, or its resource no longer exists. Failures
 * that are now unknown or ignored, or that this audit did not check, still exist.
 */
function goneSince(results, baseline, facts) {
    const now = new Map(results.map((result) => [keyOf(result), result]));
    const scope = scopeOf(facts);
    return baseline
        .filter((one) => {
        if (one.status !== 'fail')
            return false;
        const result = now.get(keyOf(one));
        if (result !== undefined)
            return result.status === 'pass';
        // The check could not be run on any resource, so its results are unknown.
        const host = hostOf(one.resource, facts);
        const isOpen = host !== undefined && now.get(`${one.check} ${host}`)?.status === 'unknown';
        return !isOpen && scope.covers(one.resource);
    })
        .map(({ check, resource }) => ({ check, resource }));
}
/** The registry that a resource belongs to. */
function hostOf(resource, { registries }) {
    return registries.find(({ host, account, region }) => resource === host ||
        resource.startsWith(`${host}/`) ||
        resource.includes(`:ecr:${region}:${account}:repository/`) ||
        resource.includes(`:iam::${account}:`))?.host;
}
/** The resources whose existence this audit can determine. */
function scopeOf({ registries, accounts }) {
    const left = new Set(registries.flatMap(({ partition, region, account, repositories, repositoryNames }) => {
        const [selected, all] = [Fact.open(repositories), Fact.open(repositoryNames)];
        if ('gap' in selected || 'gap' in all)
            return [];
        const names = new Set(selected.known.map(({ name }) => name));
        return all.known
            .filter((name) => !names.has(name))
            .map((name) => `arn:${partition}:ecr:${region}:${account}:repository/${name}`);
    }));
    return {
        covers(resource) {
            if (left.has(resource))
                return false;
            const [, , service, region, account] = resource.split(':');
            if (service === 'iam') {
                const found = accounts.find(({ id }) => id === account);
                return found !== undefined && 'known' in Fact.open(found.principals);
            }
            return registries.some((registry) => service === 'ecr'
                ? registry.account === account && registry.region === region
                : resource === registry.host || resource.startsWith(`${registry.host}/`));
        },
    };
}

// EXTERNAL MODULE: ./json.js
var json = __webpack_require__(85711);
;// CONCATENATED MODULE: ./audit/access/glob.js
/**
 * Patterns of IAM: `*` is any text, `?` one character. A pattern is compiled to a string in which the wildcards are
 * characters that no ARN contains, so that it can also contain a literal `*` (written `${*}`).
 */
const MANY = '\u0000';
const ONE = '\u0001';
const MANY_CODE = 0;
const ONE_CODE = 1;
/** Two patterns that need more steps are not compared; the answer is then the less certain one. */
const MOST_STEPS = 4_000_000;
/** The pattern that matches only this text. */
function literal(text) {
    return isLiteral(text) ? text : text.replaceAll(MANY, '\uffff').replaceAll(ONE, '\uffff');
}
/** The pattern for a text with wildcards. */
function glob(text) {
    const plain = literal(text);
    return plain.includes('*') || plain.includes('?')
        ? plain.replace(/\*+/g, MANY).replaceAll('?', ONE)
        : plain;
}
/** A compiled pattern in the form of policies. */
function written(pattern) {
    return pattern.replaceAll(MANY, '*').replaceAll(ONE, '?');
}
/** A compiled pattern in which adjacent wildcards are merged. */
function collapsed(pattern) {
    let shorter = pattern;
    while (shorter.includes(MANY + MANY))
        shorter = shorter.replaceAll(MANY + MANY, MANY);
    return shorter;
}
/** The pattern that matches every text. */
const ANYTHING = MANY;
/** Whether the pattern matches only one text. */
function isLiteral(pattern) {
    return !pattern.includes(MANY) && !pattern.includes(ONE);
}
/** Whether a text matches a compiled pattern; in time proportional to the product of their lengths at most. */
function matches(pattern, text) {
    if (pattern === MANY)
        return true;
    if (pattern.length > text.length && literals(pattern) > text.length)
        return false;
    let inPattern = 0;
    let inText = 0;
    let star = -1;
    let behindStar = 0;
    while (inText < text.length) {
        const code = inPattern < pattern.length ? pattern.charCodeAt(inPattern) : -1;
        if (code === MANY_CODE) {
            star = inPattern;
            inPattern += 1;
            behindStar = inText;
        }
        else if (code === ONE_CODE || code === text.charCodeAt(inText)) {
            inPattern += 1;
            inText += 1;
        }
        else if (star >= 0) {
            inPattern = star + 1;
            behindStar += 1;
            inText = behindStar;
        }
        else {
            return false;
        }
    }
    while (inPattern < pattern.length && pattern.charCodeAt(inPattern) === MANY_CODE)
        inPattern += 1;
    return inPattern === pattern.length;
}
function literals(pattern) {
    let count = 0;
    for (let at = 0; at < pattern.length; at += 1)
        if (pattern.charCodeAt(at) !== MANY_CODE)
            count += 1;
    return count;
}
/** Whether some text matches both patterns. True if the patterns are too long to compare. */
function intersect(a, b) {
    if (a === MANY || b === MANY)
        return true;
    if (isLiteral(a))
        return matches(b, a);
    if (isLiteral(b))
        return matches(a, b);
    return walk(a, b, true, (one, other) => one === other || one === ONE_CODE || other === ONE_CODE);
}
/** Whether every text that matches `inner` matches `outer` as well. False if that is uncertain. */
function covers(outer, inner) {
    if (outer === MANY)
        return true;
    if (isLiteral(inner))
        return matches(outer, inner);
    return walk(outer, inner, false, (one, other) => one === other || one === ONE_CODE);
}
/**
 * Compares two patterns in parallel. A wildcard of the first matches any characters of the second. A wildcard of the
 * second matches characters of the first only if `both` is true.
 */
function walk(a, b, both, same) {
    if (a.length * b.length > MOST_STEPS)
        return both;
    let row = new Uint8Array(b.length + 1);
    for (let i = a.length; i >= 0; i -= 1) {
        const next = row;
        row = new Uint8Array(b.length + 1);
        for (let j = b.length; j >= 0; j -= 1) {
            const one = i < a.length ? a.charCodeAt(i) : -1;
            const other = j < b.length ? b.charCodeAt(j) : -1;
            let reached = one === -1 && other === -1;
            if (!reached && one === MANY_CODE)
                reached = next[j] === 1 || (other !== -1 && row[j + 1] === 1);
            if (!reached && both && other === MANY_CODE)
                reached = row[j + 1] === 1 || (one !== -1 && next[j] === 1);
            if (!reached && one !== -1 && other !== -1 && one !== MANY_CODE && same(one, other)) {
                reached = other !== MANY_CODE && next[j + 1] === 1;
            }
            row[j] = reached ? 1 : 0;
        }
    }
    return row[0] === 1;
}

;// CONCATENATED MODULE: ./audit/access/match.js
/** Whether something is true, if that may depend on the request or on a fact that was not read. */
const NOTHING = [];
const YES = { truth: 'yes', conditions: NOTHING, reasons: NOTHING };
const NO = { truth: 'no', conditions: NOTHING, reasons: NOTHING };
function conditional(condition) {
    return { truth: 'conditional', conditions: [condition], reasons: NOTHING };
}
function unknown(reason) {
    return { truth: 'unknown', conditions: NOTHING, reasons: [reason] };
}
function yesOrNo(holds) {
    return holds ? YES : NO;
}
/** Logical and. A certain `no` decides; otherwise `unknown` takes precedence over `conditional`. */
function both(a, b) {
    if (a.truth === 'no' || b.truth === 'no')
        return NO;
    if (a.truth === 'yes')
        return b;
    return b.truth === 'yes' ? a : joined(a, b);
}
/** Logical or. A certain `yes` decides; otherwise `unknown` takes precedence over `conditional`. */
function either(a, b) {
    if (a.truth === 'yes' || b.truth === 'yes')
        return YES;
    if (a.truth === 'no')
        return b;
    return b.truth === 'no' ? a : joined(a, b);
}
function not(match) {
    if (match.truth === 'yes')
        return NO;
    return match.truth === 'no' ? YES : match;
}
function joined(a, b) {
    return {
        truth: a.truth === 'unknown' || b.truth === 'unknown' ? 'unknown' : 'conditional',
        conditions: union(a.conditions, b.conditions),
        reasons: union(a.reasons, b.reasons),
    };
}
// A hostile document can have thousands of conditions, and a reader does not need more than these.
const MOST_NAMED = 40;
const MORE = 'and more';
/** The members of both lists, each once; beyond 40 of them the last one is `and more`. */
function union(a, b) {
    if (b.length === 0 || a.at(-1) === MORE)
        return a;
    if (a.length === 0)
        return b;
    const members = [...new Set([...a, ...b])];
    return members.length > MOST_NAMED ? [...members.slice(0, MOST_NAMED), MORE] : members;
}

;// CONCATENATED MODULE: ./audit/access/operators.js
/**
 * The condition operators of IAM
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 */


function operators(type, names) {
    return Object.entries(names).map(([name, how]) => ({
        name,
        type,
        comparison: how === 'not' ? 'equals' : how,
        negated: how === 'not',
    }));
}
function ordered(prefix) {
    return {
        [`${prefix}Equals`]: 'equals',
        [`${prefix}NotEquals`]: 'not',
        [`${prefix}LessThan`]: 'less',
        [`${prefix}LessThanEquals`]: 'less-or-equal',
        [`${prefix}GreaterThan`]: 'greater',
        [`${prefix}GreaterThanEquals`]: 'greater-or-equal',
    };
}
const OPERATORS = new Map([
    ...operators('text', { StringEquals: 'equals', StringNotEquals: 'not' }),
    ...operators('text-ignoring-case', {
        StringEqualsIgnoreCase: 'equals',
        StringNotEqualsIgnoreCase: 'not',
    }),
    ...operators('pattern', { StringLike: 'equals', StringNotLike: 'not' }),
    ...operators('arn', { ArnEquals: 'equals', ArnLike: 'equals', ArnNotEquals: 'not', ArnNotLike: 'not' }),
    ...operators('number', ordered('Numeric')),
    ...operators('date', ordered('Date')),
    ...operators('bool', { Bool: 'equals' }),
    ...operators('binary', { BinaryEquals: 'equals' }),
    ...operators('address', { IpAddress: 'equals', NotIpAddress: 'not' }),
    ...operators('null', { Null: 'equals' }),
].map((operator) => [operator.name, operator]));
/** The operator of this name, without `ForAllValues:`, `ForAnyValue:` and `IfExists`; undefined if there is none. */
function operatorNamed(name) {
    return OPERATORS.get(name);
}
/** Whether policy variables are replaced in this operator's values (they are in texts and ARNs). */
function takesVariables({ type }) {
    return type === 'text' || type === 'text-ignoring-case' || type === 'pattern' || type === 'arn';
}
/** Whether `*` and `?` are wildcards in this operator's values. */
function takesWildcards({ type }) {
    return type === 'pattern' || type === 'arn';
}
/**
 * Compares a value of the policy with a value of the request, before negation.
 * @param wanted a compiled pattern for texts and ARNs, else the value as written
 * @param given the value of the request
 */
function compare({ type, comparison }, wanted, given) {
    switch (type) {
        case 'text':
        case 'pattern':
            return yesOrNo(matches(wanted, given));
        case 'text-ignoring-case':
            return yesOrNo(matches(wanted.toLowerCase(), given.toLowerCase()));
        case 'arn':
            return compareArns(wanted, given);
        case 'number':
            return compareNumbers(comparison, numberOf(wanted), numberOf(given), 'number');
        case 'date':
            return compareNumbers(comparison, dateOf(wanted), dateOf(given), 'date');
        case 'bool':
            return compareBooleans(wanted, given);
        case 'binary':
            return compareBinaries(wanted, given);
        case 'address':
            return compareAddresses(wanted, given);
        case 'null':
            return NO;
    }
}
/** Like `compare`, for a value of which only a pattern is known; undefined if both results are possible. */
function compareOpen({ type }, wanted, given) {
    switch (type) {
        case 'text':
        case 'pattern':
            return comparePatterns(wanted, given);
        case 'text-ignoring-case':
            return comparePatterns(wanted.toLowerCase(), given.toLowerCase());
        case 'arn': {
            if (given === ANYTHING)
                return undefined;
            const [a, b] = [partsOf(wanted), partsOf(given)];
            if (a === undefined || b === undefined)
                return undefined;
            const parts = a.map((part, index) => comparePatterns(part, b[index] ?? ''));
            if (parts.some((part) => part === NO))
                return NO;
            return parts.every((part) => part === YES) ? YES : undefined;
        }
        default:
            return undefined;
    }
}
function comparePatterns(wanted, given) {
    if (!intersect(wanted, given))
        return NO;
    return covers(wanted, given) ? YES : undefined;
}
/**
 * "Each of the six colon-delimited components of the ARN is checked separately and each can include multi-character
 * match wildcards (*) or single-character match wildcards (?)."
 */
function compareArns(wanted, given) {
    if (isLiteral(wanted) && isArn(wanted))
        return yesOrNo(wanted === given);
    const [patterns, parts] = [partsOf(wanted), partsOf(given)];
    if (parts === undefined)
        return NO;
    if (patterns === undefined)
        return unknown('an ARN in a condition has fewer than six parts');
    return yesOrNo(patterns.every((pattern, index) => matches(pattern, parts[index] ?? '')));
}
function isArn(text) {
    let colon = -1;
    for (let count = 0; count < 5; count += 1) {
        colon = text.indexOf(':', colon + 1);
        if (colon < 0)
            return false;
    }
    return true;
}
/** The six parts of an ARN; colons behind the fifth belong to the last. */
function partsOf(arn) {
    const parts = arn.split(':');
    return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
function compareNumbers(comparison, wanted, given, what) {
    if (wanted === undefined || given === undefined)
        return unknown(`a condition compares a value that is not ${what}`);
    switch (comparison) {
        case 'equals':
            return yesOrNo(given === wanted);
        case 'less':
            return yesOrNo(given < wanted);
        case 'less-or-equal':
            return yesOrNo(given <= wanted);
        case 'greater':
            return yesOrNo(given > wanted);
        case 'greater-or-equal':
            return yesOrNo(given >= wanted);
    }
}
function numberOf(text) {
    return /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
}
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;
/** The forms of https://www.w3.org/TR/NOTE-datetime, or seconds since 1970; in milliseconds. */
function dateOf(text) {
    // Four digits are a year there and seconds here. So few seconds are no realistic date for a policy.
    if (/^\d{5,12}$/.test(text))
        return Number(text) * 1000;
    if (!DATE.test(text))
        return undefined;
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : time;
}
function compareBooleans(wanted, given) {
    const [a, b] = [wanted.toLowerCase(), given.toLowerCase()];
    if (a !== 'true' && a !== 'false')
        return unknown('a Bool condition has a value other than true and false');
    return yesOrNo(a === b);
}
function compareBinaries(wanted, given) {
    const [a, b] = [bytesOf(wanted), bytesOf(given)];
    if (a === undefined || b === undefined)
        return unknown('a BinaryEquals condition has a value that is not base64');
    return yesOrNo(a.equals(b));
}
function bytesOf(text) {
    return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
        ? Buffer.from(text, 'base64')
        : undefined;
}
function compareAddresses(wanted, given) {
    const [network, address] = [networkOf(wanted), networkOf(given)];
    if (network === undefined || address === undefined) {
        return unknown('an IP address condition has a value that is not an address');
    }
    if (network.bits !== address.bits || address.prefix < network.prefix)
        return NO;
    const shift = BigInt(network.bits - network.prefix);
    return yesOrNo(network.address >> shift === address.address >> shift);
}
/** "If you specify an IP address without the associated routing prefix, IAM uses the default prefix value of /32." */
function networkOf(text) {
    const [, written = '', prefixText] = /^([0-9A-Fa-f:.]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const bits = written.includes(':') ? 128 : 32;
    const address = bits === 32 ? ipv4(written) : ipv6(written);
    const prefix = prefixText === undefined ? bits : Number(prefixText);
    return address === undefined || prefix > bits ? undefined : { bits, address, prefix };
}
function ipv4(text) {
    const parts = text.split('.');
    if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
        return undefined;
    return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}
function ipv6(text) {
    const halves = text.split('::');
    if (halves.length > 2)
        return undefined;
    const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
    const missing = 8 - head.length - tail.length;
    if (halves.length === 1 ? missing !== 0 : missing < 1)
        return undefined;
    const groups = [...head, ...Array(missing).fill('0'), ...tail];
    if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)))
        return undefined;
    return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
/** A value of a policy without variables, ready for `compare`. */
function compiled(operator, value) {
    if (!takesVariables(operator))
        return value;
    return takesWildcards(operator) ? glob(value) : literal(value);
}
/** Whether a value has a `*` or `?` that is written as a wildcard, rather than `${*}`, which stands for the character. */
function isWildcardText(value, variables) {
    return /[*?]/.test(variables ? value.replace(/\$\{[^}]*\}?/g, '') : value);
}

;// CONCATENATED MODULE: ./audit/access/document.js
/**
 * Parses policy documents into statements.
 *
 * The forms are those of the grammar of the IAM policy language
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). AWS refuses invalid documents, so
 * AWS understood a document that this parser cannot read. Such a document is unreadable: it makes the decisions that
 * may depend on it `unknown`. It never throws an exception.
 */



/** Far more characters than AWS allows for any policy. A longer text is not read. */
const LONGEST = 256 * 1024;
const VERSIONS = { '2008-10-17': false, '2012-10-17': true };
/** Reads a policy document; never throws. */
function parseDocument(text, kind) {
    if (text.length > LONGEST)
        return unreadable(`it is longer than ${LONGEST} characters`);
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return unreadable('it is not JSON');
    }
    if ((0,json/* givesKeyTwice */.c)(text, value))
        return unreadable('it has a key twice');
    if (!isObject(value))
        return unreadable('it is not an object');
    const strange = Object.keys(value).find((key) => !['Version', 'Id', 'Statement'].includes(key));
    if (strange !== undefined)
        return unreadable(`it has the element ${shortened(strange)}`);
    const { Version: version = '2008-10-17', Statement: statement } = value;
    const variables = typeof version === 'string' && Object.hasOwn(VERSIONS, version) && VERSIONS[version];
    if (typeof variables !== 'boolean' || (variables === false && version !== '2008-10-17')) {
        return unreadable('its version is neither 2012-10-17 nor 2008-10-17');
    }
    if (statement === undefined)
        return unreadable('it has no Statement');
    const statements = Array.isArray(statement) ? statement : [statement];
    return {
        readable: true,
        variables,
        statements: statements.map((item, index) => parseStatement(item, `#${index + 1}`, kind)),
    };
}
function unreadable(reason) {
    return { readable: false, reason };
}
class Unreadable extends Error {
}
const ELEMENTS = new Set([
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
]);
function parseStatement(value, number, kind) {
    if (!isObject(value)) {
        return { readable: false, sid: number, effect: undefined, reason: 'it is not an object' };
    }
    const sid = typeof value.Sid === 'string' && value.Sid !== '' ? value.Sid : number;
    const effect = value.Effect === 'Allow' || value.Effect === 'Deny' ? value.Effect : undefined;
    try {
        const strange = Object.keys(value).find((key) => !ELEMENTS.has(key));
        if (strange !== undefined)
            throw new Unreadable(`it has the element ${shortened(strange)}`);
        if (effect === undefined)
            throw new Unreadable('its Effect is neither Allow nor Deny');
        if (value.Sid !== undefined && typeof value.Sid !== 'string')
            throw new Unreadable('its Sid is not a string');
        return {
            readable: true,
            sid,
            effect,
            principals: parsePrincipals(value, kind),
            actions: parseActions(value),
            resources: parseResources(value, kind),
            conditions: parseConditions(value.Condition),
        };
    }
    catch (error) {
        if (!(error instanceof Unreadable))
            throw error;
        return { readable: false, sid, effect, reason: error.message };
    }
}
/** The element of the two that a statement has. It can have only one of them. */
function oneOf(statement, name) {
    const [value, inverse] = [statement[name], statement[`Not${name}`]];
    if (value !== undefined && inverse !== undefined)
        throw new Unreadable(`it has both ${name} and Not${name}`);
    if (inverse !== undefined)
        return { except: true, value: inverse };
    return value === undefined ? undefined : { except: false, value };
}
function parseActions(statement) {
    const element = oneOf(statement, 'Action');
    if (element === undefined)
        throw new Unreadable('it has no Action');
    const texts = listOfTexts(element.value, 'Action');
    for (const text of texts) {
        if (!/^\*+$/.test(text) && !/^[^:]+:[^:]+$/.test(text)) {
            throw new Unreadable(`${shortened(text)} is not an action`);
        }
    }
    return { except: element.except, patterns: texts.map((text) => glob(lowerCase(text))) };
}
function parseResources(statement, kind) {
    const element = oneOf(statement, 'Resource');
    if (element === undefined) {
        // A repository policy and a trust policy apply to the resource that they are attached to.
        if (kind === 'repository' || kind === 'trust')
            return undefined;
        throw new Unreadable('it has no Resource');
    }
    return { except: element.except, patterns: listOfTexts(element.value, 'Resource') };
}
function parsePrincipals(statement, kind) {
    const element = oneOf(statement, 'Principal');
    if (kind === 'principal') {
        if (element !== undefined)
            throw new Unreadable('it has a Principal, which this kind of policy cannot have');
        return undefined;
    }
    if (element === undefined)
        throw new Unreadable('it has no Principal');
    const { except, value } = element;
    if (value === '*')
        return { except, entries: [{ type: 'everyone' }] };
    if (!isObject(value))
        throw new Unreadable('its Principal is neither * nor an object');
    const entries = Object.entries(value).flatMap(([type, names]) => listOfTexts(names, 'Principal').map((name) => parsePrincipal(type, name)));
    if (entries.length === 0)
        throw new Unreadable('its Principal is empty');
    return { except, entries };
}
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
const UNIQUE_ID = /^A(?:GPA|IDA|IPA|KIA|NPA|NVA|ROA|SIA|PKA|BIA|CCA|SCA)[A-Z0-9]{10,}$/;
const IAM_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):(root|role|user)(?:\/([^*?]+))?$/;
const STS_ARN = /^arn:aws[a-z-]*:sts::(\d{12}):(assumed-role|federated-user)\/([^*?]+)$/;
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function parsePrincipal(type, name) {
    if (type === 'Service')
        return { type: 'service', name };
    if (type === 'Federated')
        return { type: 'federated', provider: name };
    if (type === 'CanonicalUser')
        return { type: 'canonical', id: name };
    if (type !== 'AWS')
        throw new Unreadable(`its Principal has the type ${shortened(type)}`);
    if (name === '*')
        return { type: 'everyone' };
    if (/^\d{12}$/.test(name))
        return { type: 'account', account: name };
    if (UNIQUE_ID.test(name))
        return { type: 'id', id: name };
    const [, account = '', what, rest] = IAM_ARN.exec(name) ?? STS_ARN.exec(name) ?? [];
    if (what === 'root' && rest === undefined)
        return { type: 'account', account };
    if ((what === 'role' || what === 'user') && rest !== undefined)
        return { type: what, arn: name, account };
    if (what === 'federated-user')
        return { type: 'federated-user', account, arn: name };
    const [role, session, ...more] = rest?.split('/') ?? [];
    if (what === 'assumed-role' && role && session && more.length === 0) {
        return { type: 'session', account, role, session };
    }
    return { type: 'unreadable', text: shortened(name) };
}
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
function parseConditions(value) {
    if (value === undefined)
        return [];
    if (!isObject(value))
        throw new Unreadable('its Condition is not an object');
    return Object.entries(value).flatMap(([name, keys]) => {
        if (!isObject(keys))
            throw new Unreadable(`the condition ${shortened(name)} is not an object`);
        return Object.entries(keys).map(([key, values]) => condition(name, key, values));
    });
}
function condition(name, key, written) {
    const values = (Array.isArray(written) ? written : [written]).map((value) => {
        if (typeof value === 'string')
            return value;
        if (typeof value === 'number' || typeof value === 'boolean')
            return String(value);
        throw new Unreadable(`the condition on ${shortened(key)} has a value that is not a string`);
    });
    if (values.length === 0)
        throw new Unreadable(`the condition on ${shortened(key)} has no value`);
    const [, prefix, plain = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/s.exec(name) ?? [];
    const operator = operatorNamed(plain);
    const strange = operator?.type === 'null' && (prefix !== undefined || ifExists !== undefined);
    return {
        operator: strange ? undefined : operator,
        set: prefix === undefined ? undefined : prefix === 'ForAllValues:' ? 'all' : 'any',
        ifExists: ifExists !== undefined,
        key,
        values,
        text: shortened(`${key} ${name} ${values.slice(0, 20).join(', ')}`, 300),
    };
}
function listOfTexts(value, element) {
    const list = Array.isArray(value) ? value : [value];
    if (list.length === 0)
        throw new Unreadable(`its ${element} is empty`);
    return list.map((item) => {
        if (typeof item !== 'string' || item === '')
            throw new Unreadable(`its ${element} is not a string`);
        return item;
    });
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** "Case-insensitive" applies only to A to Z. */
function lowerCase(text) {
    return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function shortened(text, longest = 100) {
    return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
const byAction = new WeakMap();
/**
 * The statements of a document that cover an action, and those that cannot be read. Actions are compared
 * without regard to case (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
 */
function statementsFor(document, action) {
    let known = byAction.get(document);
    if (known === undefined) {
        known = new Map();
        byAction.set(document, known);
    }
    let found = known.get(action);
    if (found === undefined) {
        const wanted = lowerCase(action);
        found = document.statements.filter((statement) => !statement.readable || includesAction(statement.actions, wanted));
        known.set(action, found);
    }
    return found;
}
/** Whether a statement covers an action. */
function isAbout({ actions }, action) {
    return includesAction(actions, lowerCase(action));
}
function includesAction({ except, patterns }, action) {
    return patterns.some((pattern) => matches(pattern, action)) !== except;
}

;// CONCATENATED MODULE: ./audit/words.js
/** Words that the messages of checks share. Names are external text and are shown as plain text. */

/** How many of the same kind a message names; the evidence has more. */
const words_MOST_NAMED = 3;
/** How many of the same kind the evidence has. */
const MOST_SHOWN = 50;
const LONGEST_NAME = 200;
/** A text on one line, without characters that change how it is shown. */
function plain(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
    const control = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
    return text.replace(control, '\ufffd');
}
/** A name for messages: plain, and cut if it is long. */
function words_name(text, longest = LONGEST_NAME) {
    return shortened(plain(text.slice(0, longest + 1)), longest);
}
/** `a, b, c and 4 more` */
function list(texts, most = words_MOST_NAMED) {
    const unique = [...new Set(texts)];
    const shown = unique.slice(0, most).map((text) => words_name(text));
    if (unique.length > most)
        return `${shown.join(', ')} and ${unique.length - most} more`;
    return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
/** `1 image`, `2 images` */
function count(number, one, many = `${one}s`) {
    return `${number} ${number === 1 ? one : many}`;
}
/** The first of many, for the evidence. */
function some(all) {
    return all.slice(0, MOST_SHOWN);
}
/** A day, in UTC. */
function dayOf(date) {
    return Number.isNaN(date.getTime()) ? 'an unknown day' : date.toISOString().slice(0, 10);
}
/** The first characters of a digest. */
function words_short(digest) {
    return words_name(digest).slice(0, 19);
}
/**
 * A command of the AWS CLI for a POSIX shell: `aws ecr put-x --repository-name NAME --force`. Values are quoted if
 * necessary. A value with characters that a terminal does not show is replaced by a placeholder.
 */
function aws(what, options = {}) {
    const words = Object.entries(options).flatMap(([key, value]) => {
        if (value === undefined)
            return [];
        if (value === true)
            return [`--${key}`];
        const values = (typeof value === 'string' ? [value] : value).map(quoted);
        // A value that looks like an option must be part of the same word.
        return values[0]?.startsWith('-')
            ? [`--${key}=${values[0]}`, ...values.slice(1)]
            : [`--${key}`, ...values];
    });
    return ['aws', what, ...words].join(' ');
}
function quoted(word) {
    if (/^[A-Za-z0-9_./:@=+,%-]+$/.test(word))
        return word;
    if (/[^\u0020-\u007e]/.test(word))
        return "'…'";
    return `'${word.replaceAll("'", String.raw `'\''`)}'`;
}
/** A sentence's beginning. */
function capital(text) {
    return text.slice(0, 1).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./audit/check.js
/**
 * Defines what a check is, and is the only place that runs checks.
 *
 * A check is a pure function of the facts that it declares in `needs`. It receives their values. Reading an unknown
 * value ends the part of the check that reads it, and makes the result unknown unless the check has found a failure. No
 * check can therefore treat an unknown value as a known one.
 */



const FAMILIES = [
    'scanning',
    'policy',
    'lifecycle',
    'tags',
    'encryption',
    'cache',
    'template',
    'registry',
    'runtime',
    'access',
];
function need(actions, of) {
    return { actions, of };
}
class NotKnown extends Error {
    gap;
    constructor(gap) {
        super(gap.reason);
        this.gap = gap;
    }
}
const read = (fact) => {
    const content = Fact.open(fact);
    if ('gap' in content)
        throw new NotKnown(content.gap);
    return content.known;
};
/** The value that a function computes from facts; undefined if one of them is unknown. */
function ifKnown(make) {
    try {
        return make();
    }
    catch (error) {
        if (error instanceof NotKnown)
            return undefined;
        throw error;
    }
}
/** Receives what a check finds. */
class Report {
    /** For facts within the values of facts. */
    read = read;
    problems = [];
    unknowns = [];
    /** Whether there is a result even if nothing is wrong. */
    applies = true;
    severity;
    constructor(severity) {
        this.severity = severity;
    }
    /** There is nothing to check. */
    doesNotApply() {
        this.applies = false;
    }
    fail(problem) {
        this.problems.push(problem);
    }
    /**
     * Reports something that the check itself cannot determine. @param severity how severe it could be; default: the
     * worst severity of the check
     */
    unknown(reason, { missing = [], severity = this.severity } = {}) {
        this.unknowns.push({ gap: { reason, missing }, severity });
    }
    /** Adds what another report could not determine. */
    include({ unknowns }) {
        this.unknowns.push(...unknowns);
    }
    /**
     * Runs a part of the check. If it reads an unknown value, that is recorded, and the rest of the check continues.
     * @param severity how severe the part could be; default: the worst severity of the check
     */
    attempt(part, severity = this.severity) {
        try {
            part();
        }
        catch (error) {
            if (!(error instanceof NotKnown))
                throw error;
            this.unknowns.push({ gap: error.gap, severity });
        }
    }
}
/** Creates checks for some kinds of resources. */
function checkFor(...kinds) {
    return (definition) => makeCheck(kinds, definition);
}
function makeCheck(kinds, { needs, applies, judge, ...written }) {
    const text = { ...written, kinds };
    const family = FAMILIES.find((one) => text.id.startsWith(`${one}/`));
    if (family === undefined)
        throw new Error(`${text.id} is of no family`);
    const [severity] = text.severities;
    return {
        ...text,
        family,
        actions: [...new Set(Object.values(needs).flatMap(({ actions }) => actions))].sort(),
        run(about) {
            if (applies?.(about) === false)
                return undefined;
            const report = new Report(severity);
            report.attempt(() => judge(valuesOf(needs, about), about, report));
            if (report.problems.length > 0)
                return failed(report, text.severities);
            if (report.unknowns.length > 0)
                return notKnown(report.unknowns);
            return report.applies ? { status: 'pass', severity, message: text.title } : undefined;
        },
        withoutFacts: (gap) => notKnown([{ gap, severity }]),
    };
}
/** A known failure takes precedence over unknown data. The worst problem comes first. */
function failed({ problems, unknowns }, severities) {
    const severityOf = ({ severity = severities[0] }) => severity;
    const sorted = problems.toSorted((a, b) => bySeverity(severityOf(a), severityOf(b)));
    const is = worst(sorted.map(severityOf)) ?? severities[0];
    const could = worst([is, ...unknowns.map((one) => one.severity)]);
    const { reason, missing } = joinedGaps(unknowns.map(({ gap }) => gap));
    const sentences = [...new Set(sorted.map(({ what }) => what))];
    const toDo = [...new Set(sorted.map((problem) => problem.toDo))].slice(0, MOST_ADVICE);
    const evidence = sorted.flatMap(({ evidence = {}, more }) => [evidence, ifKnown(() => more?.(read)) ?? {}]);
    return {
        status: 'fail',
        severity: is,
        couldBe: could === is ? undefined : could,
        message: limited([...sentences, ...toDo].join(' ')),
        evidence: merged([...evidence, unknowns.length === 0 ? {} : { notKnown: [reason] }]),
        fix: fixOf(sorted),
        items: [...new Set(sorted.flatMap(({ items = [] }) => items))].sort(),
        missing,
    };
}
/** Combines two outcomes of one check for the same resource. */
function check_joined(a, b) {
    if (a.status === 'pass' || b.status === 'pass')
        return a.status === 'pass' ? b : a;
    const [first, second] = a.status === 'unknown' && b.status === 'fail' ? [b, a] : [a, b];
    const isFailure = second.status === 'fail';
    const message = first.message === second.message ? first.message : `${first.message} ${second.message}`;
    const both = {
        message: limited(message),
        evidence: merged([first.evidence, second.evidence]),
        missing: [...new Set([...first.missing, ...second.missing])].sort(),
    };
    if (first.status === 'unknown') {
        return {
            status: 'unknown',
            severity: worst([first.severity, second.severity]) ?? first.severity,
            ...both,
        };
    }
    const is = isFailure ? (worst([first.severity, second.severity]) ?? first.severity) : first.severity;
    const could = worst([is, first.couldBe ?? is, (isFailure ? second.couldBe : second.severity) ?? is]);
    return {
        status: 'fail',
        severity: is,
        couldBe: could === is ? undefined : could,
        fix: first.fix,
        items: isFailure ? [...new Set([...first.items, ...second.items])].sort() : first.items,
        ...both,
    };
}
const MOST_ADVICE = 3;
const LONGEST_MESSAGE = 2_000;
/** A message, cut and made plain: the names in it are external text. */
function limited(message) {
    return plain(message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message);
}
/** The fix of the worst problem that has one. */
function fixOf(problems) {
    for (const { command, document } of problems) {
        const line = typeof command === 'function' ? ifKnown(() => command(read)) : command;
        if (line === undefined)
            continue;
        const sent = ifKnown(() => document?.(read));
        return sent === undefined ? { command: line } : { command: line, document: sent };
    }
    return undefined;
}
/** Lists with the same name are joined. Of other values, the first is kept. */
function merged(parts) {
    const all = {};
    for (const part of parts) {
        for (const [key, value] of Object.entries(part)) {
            const before = all[key];
            if (before === undefined)
                all[key] = value;
            else if (Array.isArray(before) && Array.isArray(value))
                all[key] = [...before, ...value];
        }
    }
    return all;
}
function notKnown(unknowns) {
    const { reason, missing } = joinedGaps(unknowns.map(({ gap }) => gap));
    const toDo = missing.length === 0 ? '' : ` Allow ${missing.join(', ')}.`;
    return {
        status: 'unknown',
        severity: worst(unknowns.map(({ severity }) => severity)) ?? 'critical',
        message: limited(`Could not be determined: ${reason}.${toDo}`),
        evidence: {},
        missing,
    };
}
/** Reads a fact when its value is asked for. */
function valuesOf(needs, about) {
    const values = {};
    for (const [key, { of }] of Object.entries(needs)) {
        Object.defineProperty(values, key, { enumerable: true, get: () => read(of(about)) });
    }
    return values;
}

;// CONCATENATED MODULE: ./audit/checkers.js
/** Functions that create checks of registries, repositories and other resources. */

const registryCheck = checkFor('registry');
const repositoryCheck = checkFor('repository');
const cacheRuleCheck = checkFor('cache-rule');
const templateCheck = checkFor('template');
const roleCheck = checkFor('role');
const principalCheck = checkFor('role', 'user');

;// CONCATENATED MODULE: ./audit/access/subject.js
/**
 * What a condition on a claim of a GitHub token pins (https://docs.github.com/en/actions/reference/security/oidc).
 *
 * The owner of a repository chooses the format of the claim `sub` (any claims, in any order, as `key:value:key:value`
 * with colons in values replaced). A pattern therefore pins only what comes before its first wildcard.
 */
const ANYONE = { reach: 'anyone', name: undefined, narrow: false };
const NO_PRINCIPAL = { reach: 'no-principal', name: undefined, narrow: false };
/** Claims that do not restrict the repository: everyone can get a token with these. */
const FREE = new Set([
    ...[
        'actor',
        'actor_id',
        'workflow',
        'job_workflow_ref',
        'job_workflow_sha',
        'event_name',
        'ref_type',
        'head_ref',
    ],
    ...[
        'base_ref',
        'runner_environment',
        'repository_visibility',
        'run_id',
        'run_number',
        'run_attempt',
        'jti',
    ],
]);
/**
 * What one value of a condition on a claim pins; undefined for an unknown claim.
 * @param claim in lower case
 */
function pinOf(claim, value) {
    switch (claim) {
        case 'sub':
            return pinOfSubject(value);
        case 'repository':
            return repositoryPin(value.text, value.whole);
        case 'repository_id':
            return idPin(value, 'repository');
        case 'repository_owner_id':
        case 'enterprise_id':
            return idPin(value, 'organization');
        case 'ref':
            return { ...ANYONE, narrow: isNarrowRef(value) };
        case 'environment':
            return { ...ANYONE, narrow: value.text !== '' };
        default:
            return FREE.has(claim) ? ANYONE : undefined;
    }
}
function idPin({ text, whole }, reach) {
    if (!whole)
        return ANYONE;
    return /^\d+$/.test(text) ? { reach, name: text, narrow: false } : NO_PRINCIPAL;
}
/** Reads `repo:OWNER/NAME:ref:refs/heads/main`, its form with ids, and subjects made of other claims. */
function pinOfSubject({ text, whole }) {
    const parts = text.split(':');
    const last = parts.length - 1;
    let pin = ANYONE;
    let at = 0;
    while (at <= last) {
        const key = parts[at] ?? '';
        // The subject of a pull request has only this word instead of a key and a value.
        if (key === 'pull_request') {
            at += 1;
            continue;
        }
        const value = parts[at + 1];
        if (value === undefined)
            break;
        const complete = whole || at + 1 < last;
        pin = stronger(pin, pinOfPart(key, value, complete));
        at += 2;
    }
    // Without a colon, it is not a subject, except for that of a pull request.
    return whole && last === 0 && text !== 'pull_request' ? NO_PRINCIPAL : pin;
}
function pinOfPart(key, value, whole) {
    switch (key) {
        case 'repo':
            return repositoryPin(value, whole);
        case 'repository_owner':
        case 'enterprise':
            return whole && value !== '' ? { reach: 'organization', name: value, narrow: false } : ANYONE;
        case 'repository_id':
        case 'repository_owner_id':
        case 'enterprise_id':
        case 'ref':
        case 'environment':
            return pinOf(key, { text: value, whole }) ?? ANYONE;
        default:
            return ANYONE;
    }
}
/**
 * `OWNER/NAME` or `OWNER@ID/NAME@ID`; names contain neither `/` nor `@`. A wildcard within a name or an id can match
 * other repositories of the owner.
 */
function repositoryPin(value, whole) {
    const slash = value.indexOf('/');
    const owner = (slash < 0 ? value : value.slice(0, slash)).split('@')[0] ?? '';
    if (slash < 0) {
        if (whole)
            return NO_PRINCIPAL;
        return value.includes('@') ? { reach: 'organization', name: owner, narrow: false } : ANYONE;
    }
    return whole && slash < value.length - 1
        ? { reach: 'repository', name: value, narrow: false }
        : { reach: 'organization', name: owner, narrow: false };
}
/** `refs/heads/*` matches all branches, and `refs/pull/…` matches pull requests. */
function isNarrowRef({ text, whole }) {
    if (text.startsWith('refs/pull'))
        return false;
    return whole ? text !== '' : !'refs/heads/'.startsWith(text);
}
const ORDER = ['anyone', 'organization', 'repository', 'no-principal'];
/** For conditions that both apply: the narrower one. */
function stronger(a, b) {
    const narrow = a.narrow || b.narrow;
    return ORDER.indexOf(b.reach) > ORDER.indexOf(a.reach) ? { ...b, narrow } : { ...a, narrow };
}
/** For alternative values: the wider one. A value that no token has adds nothing. */
function weaker(a, b) {
    if (a.reach === 'no-principal')
        return b;
    if (b.reach === 'no-principal')
        return a;
    const narrow = a.narrow && b.narrow;
    return ORDER.indexOf(b.reach) < ORDER.indexOf(a.reach) ? { ...b, narrow } : { ...a, narrow };
}

;// CONCATENATED MODULE: ./audit/access/shared.js
/** Identity providers that serve many organizations with one issuer: only a claim identifies the organization of a token. */

const sub = (start) => ({ claim: 'sub', start });
const AUDIENCE = { claim: 'aud', start: undefined };
const TURBONOMIC = sub('system:serviceaccount:');
/**
 * By issuer. The providers and their claims are AWS's identity-provider controls
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html), without GitHub Actions,
 * which `subject.ts` judges. IAM requires them since June 2025, and only when a policy is created or changed. The
 * beginnings of the subjects are from AWS's examples of resource control policies
 * (https://github.com/aws-samples/resource-control-policy-examples, Shared-Issuers.json).
 */
const SHARED = new Map([
    ['agent.buildkite.com', sub('organization:')],
    ['api.pulumi.com/oidc', AUDIENCE],
    ['app.terraform.io', sub('organization:')],
    ['cognito-identity.amazonaws.com', AUDIENCE],
    ['gitlab.com', sub('project_path:')],
    ['oidc.codefresh.io', sub('account:')],
    ['oidc.vercel.com', AUDIENCE],
    // Streaming of audit logs; the subject is the URL of the enterprise.
    ['oidc-configuration.audit-log.githubusercontent.com', sub(undefined)],
    ['proidc.upbound.io', sub('mcp:')],
    ['sandboxes.cloud', AUDIENCE],
    ['scalr.io', sub('account:')],
    // Microsoft Sentinel
    [
        'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d',
        { claim: 'sts:RoleSessionName', start: undefined },
    ],
    ['studio.datachain.ai/api', sub('credentials:')],
    ['tokens.cloud.shisho.dev', sub('job:')],
    // IBM Turbonomic
    ['oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu', TURBONOMIC],
    ['oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb', TURBONOMIC],
    ['rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7', TURBONOMIC],
    ['rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr', TURBONOMIC],
    ['rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg', TURBONOMIC],
    ['rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26', TURBONOMIC],
]);
/** @param url an issuer in lower case, without `https://`; undefined if AWS does not list it as shared */
function tenantOf(url) {
    return SHARED.get(url.endsWith('/') ? url.slice(0, -1) : url);
}
/** Claims that are the same for all organizations, unless `Tenant.claim` is one of them. */
const COMMON = new Set(['aud', 'amr']);
/**
 * What one value of a condition on a claim pins: the organization, or nothing; undefined for an unknown claim. A pattern
 * pins an organization if it contains the whole name and the separator after it: others can register a name with the same
 * beginning.
 * @param claim in lower case
 */
function pinOfTenant(tenant, claim, { text, whole }) {
    if (claim !== tenant.claim.toLowerCase()) {
        return COMMON.has(claim) || (text === '' && !whole) ? ANYONE : undefined;
    }
    const { start } = tenant;
    const named = whole || (start !== undefined && text.startsWith(start) && /^[^:/]+[:/]/.test(text.slice(start.length)));
    return named ? { reach: 'organization', name: text, narrow: false } : ANYONE;
}

;// CONCATENATED MODULE: ./audit/access/issuers.js
/** The issuers of the tokens that a role's trust policy accepts. */

const GITHUB_HOSTS = ['token.actions.githubusercontent.com', 'vstoken.actions.githubusercontent.com'];
// https://docs.github.com/en/enterprise-cloud@latest/actions/reference/security/oidc (an enterprise's own issuer,
// ghe.com) and https://docs.github.com/en/enterprise-server@latest/actions/reference/security/oidc
const GITHUB_ENTERPRISE = [
    /^token\.actions\.githubusercontent\.com\/[^/]+$/,
    /^token\.actions\.[a-z0-9-]+\.ghe\.com(?:\/[^/]+)?$/,
    /^[^/]+\/_services\/token$/,
];
const CI = [
    [/^gitlab\.com$/, 'GitLab'],
    [/^api\.bitbucket\.org\/2\.0\/workspaces\//, 'Bitbucket Pipelines'],
    [/^oidc\.circleci\.com\//, 'CircleCI'],
    [/^agent\.buildkite\.com$/, 'Buildkite'],
    [/^vstoken\.dev\.azure\.com\//, 'Azure DevOps'],
    [/^app\.terraform\.io$/, 'HCP Terraform'],
    [/^oidc\.codefresh\.io$/, 'Codefresh'],
    [/^app\.harness\.io\//, 'Harness'],
    [/^[^/]+\.semaphoreci\.com$/, 'Semaphore'],
    [/^[^/]+\.app\.spacelift\.io$/, 'Spacelift'],
    [/^api\.pulumi\.com\/oidc/, 'Pulumi'],
    [/^(?:[^/]+\.)?scalr\.io$/, 'Scalr'],
    [/^login\.app\.env0\.com/, 'env0'],
    // Self-managed servers are recognized by their usual names.
    [/^[^/]*gitlab[^/]*/, 'GitLab'],
    [/^[^/]*jenkins[^/]*/, 'Jenkins'],
    [/^[^/]*buildkite[^/]*/, 'Buildkite'],
    [/^[^/]*teamcity[^/]*/, 'TeamCity'],
];
/** @param provider ARN of an OIDC provider, or its equivalent in a Principal element */
function issuerOf(provider) {
    const url = provider.replace(/^arn:[^:]*:iam::\d*:oidc-provider\//, '').toLowerCase();
    const tenant = tenantOf(url);
    if (GITHUB_HOSTS.includes(url))
        return { url, kind: 'github', name: 'GitHub', tenant };
    if (GITHUB_ENTERPRISE.some((pattern) => pattern.test(url))) {
        return { url, kind: 'github-enterprise', name: 'GitHub Enterprise', tenant };
    }
    const ci = CI.find(([pattern]) => pattern.test(url));
    return ci === undefined
        ? { url, kind: 'other', name: url, tenant }
        : { url, kind: 'ci', name: ci[1], tenant };
}

;// CONCATENATED MODULE: ./audit/access/trust.js
/**
 * Who can assume a role with a token of an identity provider, by the structure of its trust policy. A simulation with a
 * single token would show only whether that token is accepted.
 */




const ACTION = 'sts:AssumeRoleWithWebIdentity';
/** A known failure takes precedence over unknown data. */
const trust_ORDER = ['none', 'unknown', 'medium', 'high', 'critical'];
/**
 * Evaluates which identity providers a role trusts, and how. Conditions are combined with AND, values of one condition
 * are alternatives, and the worst statement counts.
 *
 * Sources: https://docs.github.com/en/actions/reference/security/oidc for what a token's claims are,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html for those that are
 * condition keys.
 * @param providers the OIDC providers of the account
 */
function judgeTrust(trust, providers) {
    const nothing = { grants: [], severity: 'none', severityForPush: 'none', unknown: [] };
    if ('known' in trust && trust.known === undefined)
        return nothing;
    const document = documentOf(trust);
    if (!document.readable) {
        const reason = `The trust policy could not be read: ${document.reason}.`;
        return { ...nothing, severity: 'unknown', severityForPush: 'unknown', unknown: [reason] };
    }
    const statements = statementsFor(document, ACTION);
    const unknown = statements.flatMap((statement) => {
        if (statement.effect === 'Deny')
            return [];
        if (!statement.readable)
            return [`Statement ${statement.sid} of the trust policy could not be read: ${statement.reason}.`];
        return statement.principals?.except
            ? [`Statement ${statement.sid} of the trust policy has NotPrincipal, which trust policies cannot have.`]
            : [];
    });
    const readable = statements.filter((statement) => statement.readable);
    const grants = readable
        .filter(({ effect, principals }) => effect === 'Allow' && principals?.except === false)
        .flatMap((statement) => providersOf(statement, providers).map((provider) => {
        const limits = readable.filter((other) => other.effect === 'Deny' && trust_isAbout(other, provider));
        return judge(statement, provider, limits, providers, document.variables);
    }));
    const worst = (of) => [...grants.map(of), ...unknown.map(() => 'unknown')].reduce(worse, 'none');
    return {
        grants,
        severity: worst(({ severity }) => severity),
        severityForPush: worst(({ severityForPush }) => severityForPush),
        unknown,
    };
}
function worse(a, b) {
    return trust_ORDER.indexOf(b) > trust_ORDER.indexOf(a) ? b : a;
}
function documentOf(trust) {
    return 'unknown' in trust
        ? { readable: false, reason: trust.unknown }
        : parseDocument(trust.known ?? '', 'trust');
}
/** The providers whose tokens a statement accepts. A statement for everyone accepts each provider of the account. */
function providersOf({ principals }, providers) {
    const found = new Set();
    for (const entry of principals?.entries ?? []) {
        if (isAnyProvider(entry)) {
            // If the providers are unknown, they may include GitHub's.
            const all = 'known' in providers
                ? providers.known.map(({ arn }) => arn)
                : ['token.actions.githubusercontent.com'];
            for (const arn of all)
                found.add(arn);
        }
        else if (entry.type === 'federated') {
            found.add(entry.provider);
        }
    }
    return [...found];
}
function isAnyProvider(entry) {
    return entry.type === 'everyone' || (entry.type === 'federated' && entry.provider === '*');
}
function trust_isAbout({ principals }, provider) {
    return (principals?.except === false &&
        principals.entries.some((entry) => isAnyProvider(entry) || (entry.type === 'federated' && entry.provider === provider)));
}
const NO_PIN = { reach: 'anyone', name: undefined, narrow: false };
const trust_NO_PRINCIPAL = { reach: 'no-principal', name: undefined, narrow: false };
/** Every token has these claims, so a condition that is also true without them accepts no additional tokens. */
const ALWAYS_THERE = new Set([
    'sub',
    'aud',
    'sts:rolesessionname',
    'repository',
    'repository_id',
    'repository_owner_id',
]);
function judge(statement, provider, denies, providers, variables) {
    const issuer = issuerOf(provider);
    const effects = [
        ...statement.conditions.map((condition) => effectOf(condition, issuer, variables, false)),
        ...denies.flatMap((deny) => effectOfDeny(deny, issuer, variables)),
    ];
    const subjects = effects.flatMap(({ claim, values }) => claim === undefined || (claim === 'aud' && issuer.tenant?.claim !== 'aud')
        ? []
        : values.map((value) => (claim === 'sub' ? value : `${claim}:${value}`)));
    if (!isJudged(issuer)) {
        return {
            sid: statement.sid,
            issuer,
            reach: undefined,
            names: [],
            narrow: false,
            subjects,
            severity: 'none',
            severityForPush: 'none',
            couldBe: 'none',
            reasons: [],
        };
    }
    const firm = effects
        .filter(({ weakened }) => !weakened)
        .map(({ pin }) => pin)
        .reduce(stronger, NO_PIN);
    const soft = effects
        .filter(({ weakened, claim }) => !weakened || ALWAYS_THERE.has(claim ?? ''))
        .map(({ pin }) => pin)
        .reduce(stronger, NO_PIN);
    const verdict = severityOf({
        issuer,
        firm,
        soft,
        effects,
        audience: issuer.tenant === undefined ? audienceOf(effects, provider, providers) : 'limited',
    });
    return {
        sid: statement.sid,
        issuer,
        reach: firm.reach,
        names: namesOf(effects, firm.reach),
        narrow: firm.narrow,
        subjects,
        ...verdict,
    };
}
function namesOf(effects, reach) {
    if (reach === 'anyone' || reach === 'no-principal')
        return [];
    const found = effects.filter(({ pin, weakened }) => pin.reach === reach && !weakened);
    return [...new Set(found.flatMap(({ values, claim }) => (claim === 'aud' ? [] : values)))];
}
/** "no audience where the provider has client ids besides sts.amazonaws.com" */
function audienceOf(effects, provider, providers) {
    const tested = effects.some(({ claim, values, unjudged }) => claim === 'aud' &&
        unjudged === undefined &&
        values.length > 0 &&
        !values.some((value) => /^[*?]*$/.test(value)));
    if (tested)
        return 'limited';
    if ('unknown' in providers)
        return { unknown: providers.unknown };
    const found = providers.known.find(({ arn }) => arn === provider);
    if (found === undefined)
        return { unknown: `the account has no provider ${provider}` };
    return found.clientIds.every((id) => id === 'sts.amazonaws.com') ? 'limited' : 'any';
}
function severityOf({ issuer, firm, soft, effects, audience, }) {
    if (firm.reach === 'no-principal') {
        return { severity: 'none', severityForPush: 'none', couldBe: 'none', reasons: [] };
    }
    const reasons = [];
    let severity = 'none';
    const add = (found, reason) => {
        severity = worse(severity, found);
        reasons.push(reason);
    };
    let couldBe = 'none';
    const unknown = (worst, reason) => {
        if (worse(couldBe, worst) === worst)
            couldBe = worst;
        add('unknown', reason);
    };
    const open = issuer.kind === 'github' || issuer.tenant !== undefined;
    const unjudged = effects.flatMap((effect) => effect.unjudged ?? []);
    const weakened = soft.reach !== firm.reach;
    if (weakened) {
        add('high', 'The condition that decides which tokens are accepted uses ForAllValues or IfExists, so it is also true for a token without the claim.');
    }
    if (soft.reach === 'anyone') {
        const reason = `These conditions could not be evaluated: ${unjudged.join('; ')}.`;
        if (unjudged.length > 0)
            unknown(open ? 'critical' : 'high', reason);
        else if (issuer.tenant !== undefined)
            add('critical', `No condition limits ${tenantKeyOf(issuer, issuer.tenant)} to an organization: ${issuer.url} serves many organizations, and each of them can assume the role.`);
        else if (open)
            add('critical', 'No condition pins a repository or an organization: every repository on github.com can assume the role.');
        else
            add('high', `No condition pins a repository or an organization: every repository of ${issuer.url} can assume the role.`);
    }
    else if (firm.reach === 'organization' && issuer.tenant === undefined && !effects.some(pinsWorkflow)) {
        if (unjudged.length > 0)
            unknown('high', `These conditions could not be evaluated: ${unjudged.join('; ')}.`);
        else
            add('high', 'The conditions pin an organization, but no repository and no reusable workflow at an exact ref: each of its repositories can assume the role.');
    }
    if (audience === 'any') {
        add('high', 'No condition tests the audience, and the identity provider accepts audiences other than sts.amazonaws.com.');
    }
    else if (audience !== 'limited') {
        unknown('high', `It is unknown which audiences the identity provider accepts: ${audience.unknown}.`);
    }
    const everyRef = firm.reach === 'repository' && !firm.narrow;
    return {
        severity,
        severityForPush: everyRef ? worse(severity, 'medium') : severity,
        couldBe,
        reasons: everyRef
            ? [...reasons, 'Every branch and pull request of the repository can assume the role.']
            : reasons,
    };
}
/** The file of a workflow at a branch, a tag or a commit, as GitHub writes it in the claim. */
const WORKFLOW_AT_REF = /^[^/:@]+\/[^/:@]+\/\.github\/workflows\/[^/:@]+@(?:refs\/(?:heads|tags)\/.+|[0-9a-f]{40})$/;
/**
 * Whether a condition accepts only jobs of certain reusable workflows. Every repository of an organization can call
 * such a workflow, but only the code of the workflow runs with the role
 * (https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows).
 */
function pinsWorkflow({ claim, weakened, exact, values }) {
    return (claim === 'job_workflow_ref' &&
        !weakened &&
        exact &&
        values.length > 0 &&
        values.every((value) => WORKFLOW_AT_REF.test(value)));
}
/** A Deny pins what its condition excludes, if it has no other condition. */
function effectOfDeny({ conditions }, issuer, variables) {
    const [condition, ...more] = conditions;
    const pins = {
        pin: trust_NO_PRINCIPAL,
        claim: undefined,
        weakened: false,
        unjudged: undefined,
        values: [],
        exact: false,
    };
    if (condition === undefined)
        return [pins];
    const { operator, set } = condition;
    if (more.length > 0 || set !== undefined || operator === undefined || !operator.negated)
        return [];
    return [effectOf(condition, issuer, variables, true)];
}
/**
 * Which tokens a condition accepts.
 * @param excepts the condition belongs to a Deny, which refuses tokens that it does not match
 */
function effectOf(condition, issuer, variables, excepts) {
    const { key, values, operator, set, ifExists, text } = condition;
    const claim = claimOf(key, issuer);
    const weakened = (set === 'all' || ifExists) && !excepts;
    const effect = { pin: NO_PIN, claim, weakened, unjudged: undefined, values: [], exact: false };
    const known = operator?.type;
    if (claim === undefined) {
        // A claim of another provider, which tokens of this provider do not have.
        const foreign = /^[^:][^:.]*\.[^:]+:[^:]+$/.test(key) && !/^(?:aws|sts|iam):/i.test(key);
        const positive = operator !== undefined && !operator.negated && known !== 'null' && !weakened;
        return foreign && positive && !excepts ? { ...effect, pin: trust_NO_PRINCIPAL } : effect;
    }
    if (operator === undefined)
        return { ...effect, unjudged: `the operator of "${text}"` };
    if (known === 'null')
        return effect;
    if (operator.negated !== excepts)
        return effect;
    if (known !== 'text' && known !== 'text-ignoring-case' && known !== 'pattern') {
        return { ...effect, unjudged: `"${text}"` };
    }
    if (claim === 'aud' && issuer.tenant === undefined)
        return { ...effect, values };
    let pin = trust_NO_PRINCIPAL;
    let exact = true;
    for (const value of values) {
        const beginning = beginningOf(value, known === 'pattern', variables);
        const one = issuer.tenant === undefined ? pinOf(claim, beginning) : pinOfTenant(issuer.tenant, claim, beginning);
        if (one === undefined)
            return { ...effect, values, unjudged: `the claim ${shortened(claim)}` };
        pin = weaker(pin, one);
        exact &&= beginning.whole;
    }
    return { ...effect, pin, values, exact };
}
function claimOf(key, issuer) {
    const name = lowerCase(key);
    if (name === 'sts:rolesessionname' && issuer.tenant?.claim === 'sts:RoleSessionName')
        return name;
    // Microsoft's issuer ends with a slash; a key that differs in it alone is not that of another provider.
    const url = issuer.url.endsWith('/') ? issuer.url.slice(0, -1) : issuer.url;
    const start = [`${url}:`, `${url}/:`].find((one) => name.startsWith(one));
    return start === undefined ? undefined : name.slice(start.length);
}
/** The condition key that says for which organization a token of a shared provider is: `gitlab.com:sub`. */
function tenantKeyOf({ url }, { claim }) {
    return claim === 'sts:RoleSessionName' ? claim : `${url}:${claim}`;
}
/** Whether it is known what the claims of an issuer's tokens say. */
function isJudged({ kind, tenant }) {
    return kind.startsWith('github') || tenant !== undefined;
}
/** The text of a value before its first wildcard. A policy variable can stand for anything. */
function beginningOf(value, wildcards, variables) {
    const end = value.search(wildcards ? (variables ? /[*?]|\$\{/ : /[*?]/) : variables ? /\$\{/ : /$/);
    return end < 0 || end === value.length
        ? { text: value, whole: true }
        : { text: value.slice(0, end), whole: false };
}
/** Which services run builds with a role: `GitHub`, `GitLab`, …, `CodeBuild`. */
function buildServicesOf(trust) {
    const found = trustedOf(trust).flatMap(({ entry, action }) => {
        if (entry.type === 'service' && action === 'sts:AssumeRole') {
            return entry.name.startsWith('codebuild.') ? ['CodeBuild'] : [];
        }
        if (entry.type !== 'federated' || action !== ACTION)
            return [];
        const { kind, name } = issuerOf(entry.provider);
        return kind === 'other' ? [] : [name];
    });
    return [...new Set(found)];
}
function trustedOf(trust) {
    const document = documentOf(trust);
    if (!document.readable)
        return [];
    return ['sts:AssumeRole', ACTION, 'sts:AssumeRoleWithSAML'].flatMap((action) => statementsFor(document, action)
        .filter((statement) => statement.readable && statement.effect === 'Allow')
        .flatMap(({ principals }) => (principals?.except ? [] : (principals?.entries ?? [])))
        .map((entry) => ({ entry, action })));
}
/**
 * Who can assume a role, for messages: `github-oidc repo:acme/app:ref:refs/heads/main`, `oidc gitlab.com …`, ARNs,
 * names of services.
 */
function assumedBy(trust) {
    const tokens = judgeTrust(trust, { unknown: 'not needed' }).grants.flatMap(({ issuer, subjects }) => {
        const github = issuer.kind === 'github';
        const start = github ? 'github-oidc' : `oidc ${issuer.url}`;
        return subjects.length === 0 ? [start] : subjects.map((subject) => `${start} ${shortened(subject)}`);
    });
    const others = trustedOf(trust).flatMap(({ entry, action }) => nameOf(entry, action));
    return [...new Set([...tokens, ...others])];
}
function nameOf(entry, action) {
    switch (entry.type) {
        case 'everyone':
            return ['anyone'];
        case 'account':
            return [entry.account];
        case 'role':
        case 'user':
        case 'federated-user':
            return [entry.arn];
        case 'session':
            return [`session ${entry.session} of ${entry.role} in ${entry.account}`];
        case 'service':
            return [entry.name];
        case 'federated':
            return action === 'sts:AssumeRoleWithSAML' ? [`saml ${entry.provider}`] : [];
        case 'canonical':
        case 'id':
        case 'unreadable':
            return [];
    }
}

;// CONCATENATED MODULE: ./audit/workloads.js


/** The workloads in the accounts and regions of all audited registries. Each kind is a separate fact. */
const KINDS = ['ecsRoles', 'eksRoles', 'lambdaRoles'];
/**
 * The workloads that run with a role, such as `ecs:task-definition/app:7 (execution)`, for each kind of workload, as
 * far as known.
 */
function workloadsOf(world, role) {
    const byKind = world.once('workloads by kind', () => KINDS.map((kind) => allOf(world.facts.registries.map(({ workloads }) => workloads[kind])).map((lists) => Map.groupBy(lists.flat(), (use) => use.role))));
    return [
        serviceAccountsOf(world, role),
        ...byKind.map((fact) => fact.map((uses) => (uses.get(role.arn) ?? []).map(({ by }) => by))),
    ];
}
// https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
const EKS_ISSUER = /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/id\/[^/]+$/;
/** The EKS service accounts in the trust policy of a role, whose pods run with it. */
function serviceAccountsOf(world, { trust }) {
    const names = world.once('clusters by issuer', () => clustersByIssuer(world));
    const { grants, unknown } = judgeTrust(trust, { unknown: 'not needed' });
    if (unknown.length > 0) {
        const reasons = unknown.map((reason) => reason.replace(/\.$/, ''));
        return Fact.unknown(reasons.join('; '), world.missingFor(unknown));
    }
    const found = grants.flatMap(({ issuer, subjects }) => {
        const cluster = names.get(issuer.url);
        if (cluster === undefined && !EKS_ISSUER.test(issuer.url))
            return [];
        const accounts = subjects.filter((subject) => subject.startsWith('system:serviceaccount:'));
        const named = accounts.map((subject) => subject.slice('system:serviceaccount:'.length).replace(':', '/'));
        return (named.length === 0 ? ['*'] : named).map((account) => `eks:service-account/${cluster ?? issuer.url}/${account}`);
    });
    return Fact.known([...new Set(found)]);
}
function clustersByIssuer({ facts }) {
    const names = new Map();
    for (const { workloads } of facts.registries) {
        const content = Fact.open(workloads.eksClusters);
        if ('gap' in content)
            continue;
        for (const { name, issuer } of content.known) {
            if (issuer !== undefined)
                names.set(issuer.toLowerCase(), name);
        }
    }
    return names;
}

;// CONCATENATED MODULE: ./audit/needs.js



const scanning = need(['ecr:GetRegistryScanningConfiguration'], ({ registry }) => registry.scanning);
const inspectorStatus = need(['inspector2:BatchGetAccountStatus'], ({ registry }) => registry.inspectorStatus);
const inspectorRescan = need(['inspector2:GetConfiguration'], ({ registry }) => registry.inspectorRescan);
const suppressionFilters = need(['inspector2:ListFilters'], ({ registry }) => registry.suppressionFilters);
const inspectorAdministrator = need(['inspector2:GetDelegatedAdminAccount'], ({ registry }) => registry.inspectorAdministrator);
const registryPolicy = need(['ecr:GetRegistryPolicy'], ({ registry }) => registry.policy);
const policyScope = need(['ecr:GetAccountSetting'], ({ registry }) => registry.policyScope);
const signing = need(['ecr:GetSigningConfiguration'], ({ registry }) => registry.signing);
const replication = need(['ecr:DescribeRegistry'], ({ registry }) => registry.replication);
const cacheRules = need(['ecr:DescribePullThroughCacheRules'], ({ registry }) => registry.cacheRules);
const templates = need(['ecr:DescribeRepositoryCreationTemplates'], ({ registry }) => registry.templates);
const pullTimeExclusions = need(['ecr:ListPullTimeUpdateExclusions'], ({ registry }) => registry.pullTimeExclusions);
const repositoryNames = need(['ecr:DescribeRepositories'], ({ registry }) => registry.repositoryNames);
const repositories = need(['ecr:DescribeRepositories'], ({ registry, world }) => registry.repositories.map((all) => all.map((repository) => world.caseOf(registry, repository))));
const mutability = need(['ecr:DescribeRepositories'], ({ repository }) => repository.mutability);
const encryption = need(['ecr:DescribeRepositories'], ({ repository }) => repository.encryption);
const key = need(['kms:DescribeKey'], ({ repository }) => repository.key);
const repositoryPolicy = need(['ecr:GetRepositoryPolicy'], ({ repository }) => repository.policy);
const lifecyclePolicy = need(['ecr:GetLifecyclePolicy'], ({ repository }) => repository.lifecyclePolicy);
const scanFrequency = need(['ecr:BatchGetRepositoryScanningConfiguration'], ({ repository }) => repository.scanFrequency);
const needs_images = need(['ecr:BatchGetImage', 'ecr:DescribeImages'], ({ repository }) => repository.images);
/** The same, with the scan status of each image, which is a separate fact. */
const scannedImages = need(['ecr:BatchGetImage', 'ecr:DescribeImageScanFindings', 'ecr:DescribeImages'], ({ repository }) => repository.images);
const coverage = need(['inspector2:ListCoverage'], ({ repository }) => repository.coverage);
const preview = need(['ecr:GetLifecyclePolicyPreview', 'ecr:StartLifecyclePolicyPreview'], ({ repository }) => repository.preview);
/** The images of a repository that ECS and Lambda run or refer to. Each source is a separate fact. */
const uses = need([
    ...['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks', 'ecs:ListClusters'],
    ...['ecs:ListServices', 'ecs:ListTasks', 'lambda:GetFunction', 'lambda:ListAliases'],
    ...['lambda:ListFunctions', 'lambda:ListVersionsByFunction'],
], ({ world, registry, repository }) => Fact.known(world.usesOf(registry, repository.name)));
const validation = need(['ecr:ValidatePullThroughCacheRule'], ({ rule }) => rule.validation);
/** Looks up the users and roles of an account. The result is a fact as well. */
const directory = need(['iam:GetAccountAuthorizationDetails'], ({ world }) => Fact.known((account) => world.audited.has(account) ? world.principalsOf(account) : undefined));
/** The users and roles of all audited accounts. */
const everyone = need(['iam:GetAccountAuthorizationDetails'], ({ world }) => world.everyone);
/** The groups of all audited accounts. */
const groups = need(['iam:GetAccountAuthorizationDetails'], ({ world }) => allOf(world.facts.accounts.map((account) => account.groups)).map((lists) => lists.flat()));
/** The repositories of all audited registries. */
const allRepositories = need(['ecr:DescribeRepositories'], ({ world }) => allOf(world.facts.registries.map(({ repositories: all }) => all)));
/** Whether the existing registry policies apply to every request. */
const policyScopes = need(['ecr:GetAccountSetting', 'ecr:GetRegistryPolicy'], ({ world }) => world.policyScopes);
/** The workloads that run with a role. Each kind of workload is a separate fact. */
const workloads = need([
    ...[
        'ecs:DescribeTaskDefinition',
        'ecs:ListTaskDefinitionFamilies',
        'eks:DescribeCluster',
        'eks:DescribeNodegroup',
    ],
    ...['eks:DescribeFargateProfile', 'eks:DescribePodIdentityAssociation', 'eks:ListClusters'],
    ...['eks:ListFargateProfiles', 'eks:ListNodegroups', 'eks:ListPodIdentityAssociations'],
    'lambda:ListFunctions',
], ({ world, principal }) => Fact.known(workloadsOf(world, principal)));
const oidcProviders = need(['iam:GetOpenIDConnectProvider', 'iam:ListOpenIDConnectProviders'], ({ account }) => account.oidcProviders);

;// CONCATENATED MODULE: ./audit/access/keys.js
/**
 * The condition keys, and what decides each: the principal, its account and organization, the resource, or the request
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html). A key that is not here is
 * `unknown`.
 */


const keys_ABSENT = { kind: 'known', values: [] };
/** The request decides, and may not have the key. */
const REQUEST = { kind: 'open', patterns: [ANYTHING], mayBeAbsent: true, reason: undefined };
/** The request decides, and always has the key. */
const ALWAYS = { kind: 'open', patterns: [ANYTHING], mayBeAbsent: false, reason: undefined };
function values(...list) {
    return { kind: 'known', values: list };
}
function keys_notKnown(reason) {
    return { kind: 'open', patterns: [ANYTHING], mayBeAbsent: true, reason };
}
const isIam = ({ kind }) => kind === 'role' || kind === 'user' || kind === 'root';
/** A key whose value is known for IAM principals and not for others. */
function ofPrincipal(read, ofService = keys_notKnown('AWS does not document the values of AWS services')) {
    return (principal, target) => {
        if (principal.kind === 'anyone')
            return REQUEST;
        if (principal.kind === 'service')
            return ofService;
        if (principal.kind === 'canonical')
            return keys_notKnown('the owner of a canonical user id was not read');
        return read(principal, target);
    };
}
function organizationId(organization, whose) {
    if ('id' in organization)
        return values(organization.id);
    if ('none' in organization)
        return keys_ABSENT;
    // The audit policy's `organization` decides; without it the condition is kept.
    return 'notGiven' in organization
        ? REQUEST
        : keys_notKnown(`the organization of ${whose}: ${organization.unknown}`);
}
function organizationPaths(organization, whose) {
    if ('none' in organization)
        return keys_ABSENT;
    if ('notGiven' in organization)
        return REQUEST;
    const reason = `the organizational unit of ${whose} was not read`;
    const pattern = 'id' in organization ? glob(`${organization.id}/*`) : ANYTHING;
    return { kind: 'open', patterns: [pattern], mayBeAbsent: !('id' in organization), reason };
}
/**
 * Names of condition keys, including tag keys, are not case-sensitive. Two tags whose keys differ only in case cannot
 * be distinguished.
 */
function tag(tags, name, whose) {
    if ('unknown' in tags)
        return keys_notKnown(`the tags of ${whose}: ${tags.unknown}`);
    const wanted = lowerCase(name);
    const found = Object.entries(tags.known).filter(([key]) => lowerCase(key) === wanted);
    if (found.length > 1)
        return keys_notKnown(`several tags of ${whose} have keys that differ from ${shortened(name)} only in case`);
    return values(...found.map(([, value]) => value));
}
/** Who a principal of an account can be: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
function arnsOf(root, account) {
    const [, partition = '*'] = root.split(':');
    return [
        ...['user/*', 'role/*', 'root'].map((rest) => glob(`arn:${partition}:iam::${account}:${rest}`)),
        glob(`arn:${partition}:sts::${account}:federated-user/*`),
    ];
}
const PRINCIPAL = {
    'aws:principalarn': ofPrincipal(({ arn, kind, account }) => {
        if (kind === 'account' || kind === 'federated') {
            const patterns = account === undefined ? [ANYTHING] : arnsOf(arn, account);
            return { kind: 'open', patterns, mayBeAbsent: false, reason: undefined };
        }
        return values(arn);
    }),
    'aws:principalaccount': ofPrincipal(({ account }) => (account === undefined ? ALWAYS : values(account))),
    'aws:principalorgid': ofPrincipal(({ organization, arn }) => organizationId(organization, arn)),
    'aws:principalorgpaths': ofPrincipal(({ organization, arn }) => organizationPaths(organization, arn)),
    'aws:principaltype': ofPrincipal(({ kind }) => {
        if (kind === 'role' || kind === 'federated')
            return values('AssumedRole');
        if (kind === 'user')
            return values('User');
        if (kind === 'root')
            return values('Account');
        return kind === 'federated-user' ? values('FederatedUser') : ALWAYS;
    }),
    'aws:principalisawsservice': ofPrincipal(() => values('false'), values('true')),
    'aws:principalservicename': (principal) => {
        if (principal.kind === 'service')
            return values(principal.arn.slice('service:'.length));
        return principal.kind === 'anyone' ? REQUEST : keys_ABSENT;
    },
    'aws:principalservicenameslist': (principal) => {
        if (principal.kind === 'service')
            return keys_notKnown(`the names of ${principal.arn} were not read`);
        return principal.kind === 'anyone' ? REQUEST : keys_ABSENT;
    },
    'aws:userid': ofPrincipal((principal) => {
        const { kind, id, account } = principal;
        if (kind === 'root')
            return values(account ?? '');
        if (!isIam(principal))
            return ALWAYS;
        if (id === undefined)
            return keys_notKnown(`the unique id of ${principal.arn} was not read`);
        if (kind === 'user')
            return values(id);
        return { kind: 'open', patterns: [`${literal(id)}:${ANYTHING}`], mayBeAbsent: false, reason: undefined };
    }),
    'aws:username': ofPrincipal(({ kind, arn }) => {
        if (kind === 'user')
            return values(arn.slice(arn.lastIndexOf('/') + 1));
        return kind === 'role' || kind === 'root' ? keys_ABSENT : REQUEST;
    }, keys_ABSENT),
};
const RESOURCE = {
    'aws:resourceaccount': (_, { account }) => values(account),
    'aws:resourceorgid': (_, { organization }) => organizationId(organization, 'the resource'),
    'aws:resourceorgpaths': (_, { organization }) => organizationPaths(organization, 'the resource'),
    'aws:requestedregion': (_, { region }) => (region === undefined ? ALWAYS : values(region)),
};
/** Keys that every request has. */
const REQUEST_ALWAYS = new Set(['CurrentTime', 'EpochTime', 'SecureTransport', 'UserAgent', 'ViaAWSService'].map((key) => `aws:${lowerCase(key)}`));
/** Keys that a request may have: its origin, its authentication, the calling service, the named resources. */
const REQUEST_SOMETIMES = new Set([
    ...['SourceIp', 'SourceVpc', 'SourceVpcArn', 'SourceVpce', 'VpcSourceIp'].map((key) => `aws:${key}`),
    ...['VpceAccount', 'VpceOrgID', 'VpceOrgPaths'].map((key) => `aws:${key}`),
    ...['MultiFactorAuthAge', 'MultiFactorAuthPresent', 'TokenIssueTime'].map((key) => `aws:${key}`),
    ...['SourceIdentity', 'FederatedProvider', 'AssumedRoot', 'ChatbotSourceArn'].map((key) => `aws:${key}`),
    ...['CalledVia', 'CalledViaFirst', 'CalledViaLast', 'referer', 'TagKeys'].map((key) => `aws:${key}`),
    ...['SourceAccount', 'SourceArn', 'SourceOrgID', 'SourceOrgPaths'].map((key) => `aws:${key}`),
    ...['Ec2InstanceSourceVpc', 'Ec2InstanceSourcePrivateIPv4'].map((key) => `aws:${key}`),
    ...['ec2:RoleDelivery', 'ec2:SourceInstanceArn', 'lambda:SourceFunctionArn', 'ssm:SourceInstanceArn'],
    'ecr:AccountSetting',
    ...['ExternalId', 'RoleSessionName', 'SourceIdentity', 'TransitiveTagKeys', 'DurationSeconds'].map((key) => `sts:${key}`),
    ...['PassedToService', 'AssociatedResourceArn', 'PermissionsBoundary', 'PolicyARN'].map((key) => `iam:${key}`),
].map(lowerCase));
const REQUEST_TAG = 'aws:requesttag/';
const PRINCIPAL_TAG = 'aws:principaltag/';
const RESOURCE_TAGS = ['aws:resourcetag/', 'ecr:resourcetag/', 'iam:resourcetag/'];
/** The tag of the resource that a key refers to, if any. Tag keys are in lower case. */
function resourceTagOf(key) {
    const small = lowerCase(key);
    const prefix = RESOURCE_TAGS.find((start) => small.startsWith(start));
    return prefix === undefined ? undefined : small.slice(prefix.length);
}
/**
 * The keys of a request of a principal on a resource.
 * @param given values that the request is known to have, by key in small letters
 */
function contextOf(principal, target, given = {}) {
    return {
        value(written) {
            const key = lowerCase(written);
            if (Object.hasOwn(given, key))
                return { kind: 'known', values: given[key] ?? [] };
            const reader = Object.hasOwn(PRINCIPAL, key)
                ? PRINCIPAL[key]
                : Object.hasOwn(RESOURCE, key)
                    ? RESOURCE[key]
                    : undefined;
            if (reader !== undefined)
                return reader(principal, target);
            if (REQUEST_ALWAYS.has(key))
                return ALWAYS;
            if (REQUEST_SOMETIMES.has(key) || key.startsWith(REQUEST_TAG))
                return REQUEST;
            if (key.startsWith(PRINCIPAL_TAG))
                return principalTag(principal, written.slice(PRINCIPAL_TAG.length), target);
            const name = resourceTagOf(key);
            if (name !== undefined)
                return tag(target.tags, name, 'the resource');
            return keys_notKnown(`the condition key ${shortened(written)} is unknown`);
        },
    };
}
function principalTag(principal, name, target) {
    return ofPrincipal(({ kind, tags, arn }) => (kind === 'account' || kind === 'federated' ? REQUEST : tag(tags, name, arn)), keys_ABSENT)(principal, target);
}

;// CONCATENATED MODULE: ./audit/access/facts.js
/**
 * The input of the evaluator, as plain data. Missing data never decides anything: a fact that could not be read is
 * `unknown` with the reason, and everything that depends on it becomes `unknown` with that reason.
 */
const known = (value) => ({ known: value });
const unknownFact = (reason) => ({ unknown: reason });

;// CONCATENATED MODULE: ./audit/access/named-principals.js
/** Principals in resource policies that are not among the principals that were read. */


/** What a policy names: in a Principal element, or as the account or ARN that a condition on everyone requires. */
function namedIn(document) {
    if (!document.readable)
        return [];
    return document.statements.flatMap((statement) => {
        if (!statement.readable || statement.effect === 'Deny')
            return [];
        // Everyone except the listed principals.
        if (statement.principals?.except)
            return [{ type: 'everyone' }];
        const entries = statement.principals?.entries ?? [];
        return entries.some(({ type }) => type === 'everyone')
            ? [...entries, ...statement.conditions.flatMap(namedByCondition)]
            : entries;
    });
}
function namedByCondition({ key, values, operator }) {
    if (operator === undefined || operator.negated)
        return [];
    const name = key.toLowerCase();
    if (name === 'aws:principalaccount') {
        return values.filter((value) => /^\d{12}$/.test(value)).map((account) => ({ type: 'account', account }));
    }
    if (name !== 'aws:principalarn')
        return [];
    return values.flatMap((arn) => {
        const account = partsOf(arn)?.[4] ?? '';
        const [, what] = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[^*?$]+$/.exec(arn) ?? [];
        return what === 'role' || what === 'user' ? [{ type: what, arn, account }] : [];
    });
}
/**
 * The principals that policies name and that were not read: principals of accounts that are not audited or whose IAM
 * could not be read, services, identity providers, and everyone. If IAM of an account was read, other principals of
 * that account do not exist.
 */
function namedPrincipals(documents, accounts, partition) {
    const found = new Map();
    for (const entry of documents.flatMap(namedIn)) {
        const facts = namedPrincipal(entry, accounts, partition);
        if (facts !== undefined)
            found.set(facts.arn, facts);
    }
    return [...found.values()];
}
function namedPrincipal(entry, accounts, partition) {
    switch (entry.type) {
        case 'everyone':
            return outside('anyone', 'anyone', undefined, accounts);
        case 'account':
            // The root user of an audited account has its own row.
            return accounts.some(({ id }) => id === entry.account)
                ? undefined
                : outside(`arn:${partition}:iam::${entry.account}:root`, 'account', entry.account, accounts);
        case 'role':
        case 'user':
            return outside(entry.arn, entry.type, entry.account, accounts);
        case 'session':
            return outside(`arn:${partition}:iam::${entry.account}:role/${entry.role}`, 'role', entry.account, accounts);
        case 'federated-user':
            return outside(entry.arn, 'federated-user', entry.account, accounts);
        case 'federated':
            return outside(`federated:${entry.provider}`, 'federated', undefined, accounts);
        case 'service':
            return outside(`service:${entry.name}`, 'service', undefined, accounts);
        case 'canonical':
            return outside(`canonical:${entry.id}`, 'canonical', undefined, accounts);
        case 'id':
        case 'unreadable':
            return undefined;
    }
}
function outside(arn, kind, account, accounts) {
    const audited = accounts.find(({ id }) => id === account);
    if (audited !== undefined && 'known' in audited.principals)
        return undefined;
    const reason = audited !== undefined && 'unknown' in audited.principals
        ? audited.principals.unknown
        : `${account ?? arn} is not audited`;
    const facts = stranger(arn, kind, account, unknownFact(reason));
    return audited === undefined ? facts : { ...facts, organization: audited.organization };
}
/** Any principal of any account. */
function anyone() {
    return stranger('anyone', 'anyone', undefined, unknownFact('anyone is not a particular principal'));
}
/** A principal of which only the name is known. */
function stranger(arn, kind, account, notKnown) {
    return {
        arn,
        kind,
        account,
        id: undefined,
        tags: notKnown,
        organization: notKnown,
        policies: notKnown,
        managedPolicies: [],
        boundary: notKnown,
        trust: notKnown,
    };
}
/** The root user of an account. */
function rootOf({ id, partition, organization }) {
    return {
        arn: `arn:${partition}:iam::${id}:root`,
        kind: 'root',
        account: id,
        id,
        tags: { known: {} },
        organization,
        policies: { known: [] },
        managedPolicies: [],
        boundary: { known: undefined },
        trust: { known: undefined },
    };
}

;// CONCATENATED MODULE: ./audit/access/limits.js
/**
 * What the conditions of a statement limit it to, whatever its Principal element says: accounts, organizations, or
 * anything else that an outsider cannot choose, such as an address or a VPC.
 */




/** Whether anything limits a statement; undefined if that is unknown. */
function isLimited({ accounts, organizations, otherwise, unknown }) {
    if (accounts !== undefined || organizations !== undefined || otherwise)
        return true;
    return unknown.length === 0 ? false : undefined;
}
/** What the conditions of a statement limit it to. @param variables whether policy variables are replaced */
function limitsOf({ conditions }, variables, own) {
    let accounts;
    let organizations;
    let otherwise = false;
    const unknown = [];
    for (const condition of conditions) {
        const limit = limitOf(condition, variables, own);
        if (limit === 'unknown')
            unknown.push(condition.text);
        else if (limit === 'otherwise')
            otherwise = true;
        else if (limit === 'nothing')
            continue;
        else if ('accounts' in limit)
            accounts = common(accounts, limit.accounts);
        else
            organizations = common(organizations, limit.organizations);
    }
    return { accounts, organizations, otherwise, unknown };
}
function common(before, values) {
    return new Set(before === undefined ? values : values.filter((value) => before.has(value)));
}
/**
 * The same for a Deny: the principals that its only condition excludes. A Deny limits what other statements allow only
 * if it has no other condition, because a Deny applies only if all of its conditions are true.
 */
function exceptionsOf({ conditions }, variables, own) {
    const [condition, ...more] = conditions;
    if (condition?.operator?.negated !== true || more.length > 0)
        return undefined;
    // A negated condition is true, so that the Deny applies, if the key is missing, except with ForAnyValue.
    if (condition.set === 'any')
        return undefined;
    const positive = {
        ...condition,
        operator: { ...condition.operator, negated: false },
        set: undefined,
        ifExists: false,
    };
    return limitsOf({ conditions: [positive] }, variables, own);
}
/** Keys that every request of an IAM principal has, so that `IfExists` and `ForAllValues` change nothing. */
const limits_ALWAYS_THERE = new Set(['aws:principalarn', 'aws:principalaccount', 'aws:userid']);
const SOURCES = new Set(['aws:sourcearn', 'lambda:sourcefunctionarn']);
const INSTANCES = new Set(['ec2:sourceinstancearn', 'ssm:sourceinstancearn']);
const NETWORKS = new Set(['aws:sourceip', 'aws:vpcsourceip']);
const VPCS = new Set(['aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce', 'aws:ec2instancesourcevpc']);
const ACCOUNTS = new Set(['aws:sourceaccount', 'aws:vpceaccount']);
const ORGANIZATIONS = new Set([
    ...['aws:sourceorgid', 'aws:sourceorgpaths', 'aws:vpceorgid', 'aws:vpceorgpaths'],
]);
const SERVICES = new Set(['aws:principalservicename', 'aws:principalservicenameslist']);
function limitOf(condition, variables, own) {
    const { operator, set, ifExists } = condition;
    const key = lowerCase(condition.key);
    if (operator === undefined)
        return 'unknown';
    if (operator.negated || operator.type === 'null')
        return 'nothing';
    if ((set === 'all' || ifExists) && !limits_ALWAYS_THERE.has(key))
        return 'nothing';
    const values = condition.values.map((value) => ownValue(value, variables, own));
    if (NETWORKS.has(key))
        return operator.type === 'address' ? limitOfAddresses(values) : 'unknown';
    if (key === 'aws:principalisawsservice') {
        const isTrue = values.every((value) => lowerCase(value) === 'true');
        return operator.type === 'bool' && isTrue ? 'otherwise' : 'nothing';
    }
    const isText = ['text', 'text-ignoring-case', 'pattern', 'arn'].includes(operator.type);
    const known = limitOfTexts(key, values, operator.type !== 'text' && operator.type !== 'text-ignoring-case');
    if (known !== undefined)
        return isText ? known : 'unknown';
    return isKnownKey(condition.key) ? 'nothing' : 'unknown';
}
/** The limit that text values of a key set; undefined for keys that do not limit principals. */
function limitOfTexts(key, values, wildcards) {
    const literal = (value) => !isOpen(value, wildcards);
    const every = (holds, limit) => values.every(holds) ? limit : 'nothing';
    switch (key) {
        case 'aws:principalaccount':
            return every(literal, { accounts: values });
        case 'aws:principalarn':
            return limitOfArns(values, wildcards);
        case 'aws:principalorgid':
            return every(literal, { organizations: values });
        case 'aws:principalorgpaths':
            return limitOfPaths(values, wildcards);
        case 'aws:userid':
            return every((value) => /^(?:A[A-Z]{3}[A-Z0-9]{12,}|\d{12})/.test(value), 'otherwise');
        default:
            break;
    }
    if (ACCOUNTS.has(key) || VPCS.has(key) || SERVICES.has(key))
        return every(literal, 'otherwise');
    if (ORGANIZATIONS.has(key)) {
        return limitOfPaths(values, wildcards) === 'nothing' ? 'nothing' : 'otherwise';
    }
    if (SOURCES.has(key) || INSTANCES.has(key))
        return every((arn) => isOfSomebody(arn, wildcards), 'otherwise');
    return undefined;
}
/** Whether a value can match texts that an outsider chooses. A remaining variable is one of the principal's. */
function isOpen(value, wildcards) {
    return value.includes('${') || (wildcards && /[*?]/.test(value));
}
/** Values of variables that the resource decides. */
function ownValue(value, variables, own) {
    // Without variables, it is a text that no key has as its value.
    if (!variables)
        return value.replaceAll('${', '');
    return value
        .replace(/\$\{aws:ResourceAccount\}/gi, own.account)
        .replace(/\$\{aws:ResourceOrgID\}/gi, own.organization ?? 'the organization of the resource');
}
/** The account has to come before any wildcard: an earlier wildcard can match a path that looks like an account. */
function limitOfArns(values, wildcards) {
    const accounts = new Set();
    for (const value of values) {
        const parts = partsOf(value)?.slice(0, 5);
        if (parts === undefined) {
            // Without wildcards, it is not the ARN of a principal.
            if (isOpen(value, wildcards))
                return 'nothing';
            continue;
        }
        if (parts.some((part) => isOpen(part, wildcards)))
            return 'nothing';
        accounts.add(parts[4] ?? '');
    }
    return { accounts: [...accounts] };
}
/** `o-a1b2c3d4e5/r-ab12/*`: the organization is the first part. */
function limitOfPaths(values, wildcards) {
    const organizations = values.map((value) => value.split('/', 1)[0] ?? '');
    return organizations.some((id) => isOpen(id, wildcards)) ? 'nothing' : { organizations };
}
/** An ARN that names an account or, for buckets, which have none, the resource. */
function isOfSomebody(arn, wildcards) {
    const parts = partsOf(arn);
    if (parts === undefined)
        return !isOpen(arn, wildcards);
    const [, , service = '', , account = '', resource = ''] = parts;
    if (account !== '')
        return !isOpen(account, wildcards);
    return !isOpen(service, wildcards) && /^[^*?$]/.test(resource);
}
/**
 * Blocks that together contain half of all addresses, or more, limit nothing. All public IPv6 addresses are in 2000::/3
 * (https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml).
 */
function limitOfAddresses(values) {
    const shares = { 32: 0, 128: 0 };
    for (const value of values) {
        const network = networkOf(value);
        if (network === undefined)
            return 'unknown';
        shares[network.bits] += 2 ** ((network.bits === 32 ? 0 : 3) - network.prefix);
    }
    return Math.max(...Object.values(shares)) >= 0.5 ? 'nothing' : 'otherwise';
}
/** Whether the evaluator knows a condition key at all. */
function isKnownKey(key) {
    const value = contextOf(anyone(), {
        region: undefined,
        account: '',
        tags: { known: {} },
        organization: { none: true },
    }).value(key);
    return value.kind === 'known' || value.reason === undefined;
}

;// CONCATENATED MODULE: ./audit/policies.js
/**
 * A repository policy, a registry policy or the policy of a creation template, in the form that the checks of policies
 * use.
 */



/** The statements that can be read. The others are reported as unknown. */
function statementsOf(view, report) {
    const document = policies_documentOf(view);
    if (!document.readable) {
        report.unknown(`${view.called} could not be read: ${document.reason}`);
        return [];
    }
    return document.statements.flatMap((statement, at) => {
        if (statement.readable)
            return [{ statement, at }];
        const sid = shortened(statement.sid);
        report.unknown(`statement ${sid} of ${view.called} could not be read: ${statement.reason}`);
        return [];
    });
}
function policies_documentOf({ text, kind, world }) {
    return world.document(text, kind);
}
/** Whether the policy's version has policy variables. */
function hasVariables(view) {
    const document = policies_documentOf(view);
    return document.readable && document.variables;
}
function limitsIn(view, statement) {
    return limitsOf(statement, hasVariables(view), ownSide(view));
}
function ownSide({ registry, world }) {
    return { account: registry.account, organization: world.expectations.organization };
}
/** What the policy is attached to, for the evaluator. */
function attachmentOf({ registry, world, repository }) {
    return {
        partition: registry.partition,
        region: registry.region,
        account: registry.account,
        tags: { unknown: 'the check does not read the tags of the repository' },
        organization: world.organization,
        resources: repository ?? arnOf(registry, '*'),
        organizationId: world.expectations.organization,
    };
}
/** ARN of a repository, or a pattern of ARNs. */
function arnOf({ partition, region, account }, repository) {
    return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}
/** The existing principals, as far as the check declares them. */
function directoryOf({ lookup, world }, read) {
    const of = (account) => {
        const fact = lookup(account);
        return fact === undefined ? undefined : read(fact);
    };
    return {
        of,
        hasId: (wanted) => [...world.audited].some((account) => of(account)?.some(({ id }) => id === wanted) === true),
    };
}
/** Whether an Allow is for everyone. */
function isForEveryone({ principals }) {
    return principals?.except === false && principals.entries.some(({ type }) => type === 'everyone');
}
/** Their Sids, for messages. */
function sidsOf(statements) {
    return list(statements.map(({ statement }) => statement.sid));
}
function statementWord(statements) {
    return statements.length === 1 ? 'statement' : 'statements';
}
/** The value as an object; an empty one for anything else. */
function objectOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
/**
 * The policy with some statements changed or, if `change` returns undefined, left out; undefined if no statement is
 * left. The text was parsed before, so it is JSON with these statements.
 */
function edited({ text }, change) {
    const policy = JSON.parse(text);
    const statements = [policy.Statement].flat();
    const left = statements.map(change).filter((statement) => statement !== undefined);
    return left.length === 0 ? undefined : { ...policy, Statement: left };
}
/** The fix that removes statements: the policy without them or, if none is left, the deletion of the policy. */
function without(view, statements) {
    const places = new Set(statements.map(({ at }) => at));
    const document = edited(view, (statement, at) => (places.has(at) ? undefined : statement));
    return { command: document === undefined ? view.remove : view.put, document: () => document };
}
/** A statement for the evidence. */
function shown({ statement }) {
    const { sid, effect, conditions } = statement;
    return {
        sid: shortened(sid),
        effect,
        conditions: conditions.slice(0, 10).map(({ text }) => text),
    };
}
/** The commands that write and remove a policy. */
function commandsFor(registry, about) {
    const { region } = registry;
    const file = 'file://policy.json';
    if (about === 'registry') {
        return {
            put: aws('ecr put-registry-policy', { 'policy-text': file, region }),
            remove: aws('ecr delete-registry-policy', { region }),
        };
    }
    if ('template' in about) {
        const change = (policy) => aws('ecr update-repository-creation-template', {
            prefix: about.template,
            'repository-policy': policy,
            region,
        });
        return { put: change(file), remove: change('') };
    }
    const options = { 'repository-name': about.repository, region };
    return {
        put: aws('ecr set-repository-policy', { ...options, 'policy-text': file }),
        remove: aws('ecr delete-repository-policy', options),
    };
}
const INSPECTOR_ROLE = 'aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2';
/** Inspector's service-linked role, with which it reads images. */
function inspectorRole({ account, partition }, organization) {
    return {
        arn: `arn:${partition}:iam::${account}:role/${INSPECTOR_ROLE}`,
        kind: 'role',
        account,
        id: undefined,
        tags: { known: {} },
        organization,
        policies: { known: [] },
        managedPolicies: [],
        boundary: { known: undefined },
        trust: { known: undefined },
    };
}

;// CONCATENATED MODULE: ./audit/outsiders.js
/** Which accounts and organizations in a policy are unknown. */





/**
 * Determines the unknown accounts and organizations to which an Allow grants something.
 * @param isKnown whether an account is known
 */
function outsidersOf(view, statement, isKnown) {
    const { organization } = view.world.expectations;
    const limits = limitsIn(view, statement);
    const unknown = [];
    const ids = [...(limits.organizations ?? [])];
    const foreign = ids.filter((id) => id !== organization && id !== OWN_ORGANIZATION);
    const none = { accounts: [], organizations: [], everyone: false, unknown };
    if (ids.length > 0 && foreign.length === 0)
        return none;
    const named = accountsIn(statement, limits.accounts);
    for (const reason of named.unknown)
        unknown.push(reason);
    const accounts = named.accounts.filter((account) => !isKnown(account));
    const byCondition = named.everyone && limits.accounts === undefined;
    if (byCondition && ids.length > 0) {
        if (organization !== undefined)
            return { ...none, organizations: foreign };
        unknown.push(`whether ${list(ids)} is the organization of the audited accounts: the audit policy names none`);
        return none;
    }
    const limited = isLimited(limits);
    if (byCondition && limited === undefined)
        unknown.push(`whether ${list(limits.unknown)} limits who has this access`);
    return { accounts, organizations: [], everyone: byCondition && limited === false, unknown };
}
const OWN_ORGANIZATION = 'the organization of the resource';
/** The accounts that a Principal element names or, if it is for everyone, those that conditions require. */
function accountsIn({ principals }, byCondition) {
    const accounts = new Set();
    const unknown = [];
    // NotPrincipal means everyone except the listed principals.
    let everyone = principals?.except === true;
    for (const entry of principals?.except ? [] : (principals?.entries ?? [])) {
        if ('account' in entry)
            accounts.add(entry.account);
        else if (entry.type === 'everyone')
            everyone = true;
        else if (entry.type === 'federated') {
            const account = partsOf(entry.provider)?.[4];
            if (account !== undefined && /^\d{12}$/.test(account))
                accounts.add(account);
        }
        else if (entry.type === 'canonical') {
            unknown.push(`the account of the canonical user id ${shortened(entry.id, 12)}`);
        }
        else if (entry.type === 'unreadable') {
            unknown.push(`who ${entry.text} is`);
        }
    }
    if (everyone)
        for (const account of byCondition ?? [])
            if (/^\d{12}$/.test(account))
                accounts.add(account);
    const narrowed = byCondition === undefined ? [...accounts] : [...accounts].filter((account) => byCondition.has(account));
    return { accounts: narrowed, everyone, unknown };
}
/** Reports unknown accounts: as a failure if the audit policy names known accounts, otherwise as unknown. */
function reportOutsiders(view, found, report, { does, toDo }) {
    const accounts = [...new Set(found.flatMap(({ who }) => who.accounts))].sort();
    const organizations = [...new Set(found.flatMap(({ who }) => who.organizations))].sort();
    const everyone = found.some(({ who }) => who.everyone);
    for (const { who } of found)
        for (const reason of who.unknown)
            report.unknown(reason);
    const certain = organizations.length > 0 || everyone;
    if (accounts.length > 0 && !view.world.knowsAccounts) {
        report.unknown(`whether ${list(accounts, 20)} may ${does}: the audit policy names no account; add those that are yours to accounts: { ${accounts
            .slice(0, 20)
            .map((account) => `"${account}": name`)
            .join(', ')} }`);
    }
    if (!certain && (accounts.length === 0 || !view.world.knowsAccounts))
        return;
    const whom = [
        ...accounts.map((account) => `account ${account}`),
        ...organizations.map((id) => `organization ${id}`),
        ...(everyone ? ['everyone'] : []),
    ];
    const statements = found
        .filter(({ who }) => who.accounts.length + who.organizations.length > 0 || who.everyone)
        .map(({ placed }) => placed);
    report.fail({
        what: `${capital(view.called)} lets ${list(whom)} ${does}, in ${statementWord(statements)} ${sidsOf(statements)}.`,
        toDo,
        evidence: {
            accounts: some(accounts),
            organizations: some(organizations),
            statements: some(statements).map(shown),
        },
        command: view.put,
        document: () => withoutOutsiders(view, statements, new Set([...accounts, ...organizations])),
        items: whom,
    });
}
/** The policy without some accounts and organizations in some statements. */
function withoutOutsiders(view, statements, outsiders) {
    const places = new Set(statements.map(({ at }) => at));
    const isTheirs = (value) => typeof value === 'string' && (outsiders.has(value) || outsiders.has(partsOf(value)?.[4] ?? ''));
    return edited(view, (statement, at) => {
        if (!places.has(at))
            return statement;
        const { AWS: named, ...others } = objectOf(statement.Principal);
        const before = named === undefined ? [] : [named].flat();
        const left = before.filter((principal) => !isTheirs(principal));
        if (left.length < before.length) {
            if (left.length > 0)
                return { ...statement, Principal: { ...others, AWS: left } };
            return Object.keys(others).length > 0 ? { ...statement, Principal: others } : undefined;
        }
        return withoutValues(statement, isTheirs);
    });
}
const NAMES_OUTSIDERS = ['aws:principalaccount', 'aws:principalarn', 'aws:principalorgid'];
/** The statement without some values of its conditions; undefined if a condition would have no values left. */
function withoutValues(statement, isTheirs) {
    let isChanged = false;
    const conditions = {};
    for (const [operator, tests] of Object.entries(objectOf(statement.Condition))) {
        const kept = {};
        for (const [key, value] of Object.entries(objectOf(tests))) {
            const values = [value].flat();
            const left = NAMES_OUTSIDERS.includes(lowerCase(key)) ? values.filter((one) => !isTheirs(one)) : values;
            if (left.length === 0)
                return undefined;
            isChanged ||= left.length < values.length;
            kept[key] = left.length < values.length ? left : value;
        }
        conditions[operator] = kept;
    }
    return isChanged ? { ...statement, Condition: conditions } : undefined;
}

;// CONCATENATED MODULE: ./audit/access/variables.js
/** Policy variables (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html). */


function variables_hasVariables(text) {
    return text.includes('${');
}
const VARIABLE = /\$\{([^}]*)(\}?)/g;
const DEFAULT = /^\s*'([^']*)'\s*$/;
/**
 * The key and the default value in a policy variable, such as `aws:username` or `aws:PrincipalTag/team, 'none'`.
 * Undefined for text of another form. Only a name after a slash, such as the key of a tag, can contain spaces.
 */
function keyAndDefault(inside) {
    const comma = inside.indexOf(',');
    const key = (comma === -1 ? inside : inside.slice(0, comma)).trimEnd();
    const slash = key.indexOf('/', 1);
    const name = slash === -1 || slash === key.length - 1 ? key : key.slice(0, slash);
    if (key === '' || key.includes("'") || /\s/.test(name))
        return undefined;
    if (comma === -1)
        return { key };
    const [, byDefault] = DEFAULT.exec(inside.slice(comma + 1)) ?? [];
    return byDefault === undefined ? undefined : { key, byDefault };
}
/**
 * Replaces the variables of a text.
 * @param wildcards whether `*` and `?` of the text are wildcards
 */
function substitute(text, context, wildcards) {
    const compile = wildcards ? glob : literal;
    let pattern = '';
    let end = 0;
    let open = false;
    let reason;
    for (const match of text.matchAll(VARIABLE)) {
        const [whole, inside = '', closed] = match;
        pattern += compile(text.slice(end, match.index));
        end = match.index + whole.length;
        if (closed === '')
            return { kind: 'unreadable', reason: 'a policy variable is not closed' };
        // ${*}, ${?} and ${$} stand for the characters themselves.
        if (inside === '*' || inside === '?' || inside === '$') {
            pattern += literal(inside);
            continue;
        }
        const variable = keyAndDefault(inside);
        if (variable === undefined)
            return { kind: 'unreadable', reason: `\${${shortened(inside)}} is not a policy variable` };
        const { key, byDefault } = variable;
        const value = context.value(key);
        if (value.kind === 'open') {
            open = true;
            reason ??= value.reason;
            pattern += value.patterns.length === 1 && !value.mayBeAbsent ? value.patterns[0] : ANYTHING;
            continue;
        }
        if (value.values.length > 1)
            return { kind: 'unreadable', reason: `\${${key}} has several values` };
        const [given = byDefault] = value.values;
        if (given === undefined)
            return { kind: 'nothing' };
        if (wildcards && /[*?]/.test(given)) {
            return { kind: 'unreadable', reason: `the value of \${${key}} has a wildcard` };
        }
        pattern += literal(given);
    }
    pattern += compile(text.slice(end));
    pattern = collapsed(pattern);
    return open ? { kind: 'open', pattern, reason } : { kind: 'fixed', pattern };
}

;// CONCATENATED MODULE: ./audit/access/resources.js





/** Whether a statement applies to a resource. */
function matchResources(resources, name, source, variables, context) {
    if (resources === undefined)
        return YES;
    let match = NO;
    for (const pattern of resources.patterns) {
        const one = matchResource(pattern, name, source, variables ? context : undefined);
        if (one === 'nothing') {
            // "… will not match any resource": for NotResource, this can be read in two ways.
            if (resources.except)
                match = either(match, unknown(`a policy variable of ${shortened(pattern)} has no value`));
            continue;
        }
        match = either(match, one);
        if (match.truth === 'yes')
            break;
    }
    return resources.except ? not(match) : match;
}
/**
 * Whether one value of a Resource element names a resource; `nothing` where a policy variable in it has no value.
 * @param context where policy variables get their values; undefined if they are text
 */
function matchResource(pattern, name, source, context) {
    if (/^\*+$/.test(pattern))
        return YES;
    if ('everything' in name) {
        // For registry policies, it is not documented whether statements about repositories apply to actions on the
        // registry itself.
        return source === 'registry'
            ? unknown(`whether ${shortened(pattern)} in a registry policy applies to actions that have no resource`)
            : NO;
    }
    if (context === undefined || !variables_hasVariables(pattern))
        return fixed(pattern, glob(pattern), name);
    const parts = partsOf(pattern);
    if (parts === undefined || parts.slice(0, 5).some(variables_hasVariables)) {
        return unknown(`${shortened(pattern)} has a policy variable where none is allowed`);
    }
    const substituted = substitute(pattern, context, true);
    if (substituted.kind === 'unreadable')
        return unknown(substituted.reason);
    if (substituted.kind === 'nothing')
        return 'nothing';
    const match = fixed(pattern, substituted.pattern, name);
    if (substituted.kind === 'fixed' || match.truth === 'no')
        return match;
    return substituted.reason === undefined
        ? conditional(`the resource ${shortened(pattern)}`)
        : unknown(substituted.reason);
}
function fixed(written, pattern, name) {
    if ('arn' in name)
        return matchArn(written, pattern, name.arn);
    if (!('any' in name))
        return NO;
    const [patterns, names] = [completed(pattern), partsOf(name.any)];
    if (patterns === undefined || names === undefined) {
        return intersect(pattern, name.any) ? spans(written) : NO;
    }
    if (!patterns.every((part, index) => intersect(part, names[index] ?? '')))
        return NO;
    return patterns.every((part, index) => covers(part, names[index] ?? ''))
        ? YES
        : conditional(`a resource like ${shortened(written)}`);
}
/** The six parts of a pattern. If it ends early with a wildcard, the remaining parts are wildcards. */
function completed(pattern) {
    const parts = pattern.split(':');
    if (parts.length >= 6)
        return partsOf(pattern);
    return pattern.endsWith(ANYTHING)
        ? [...parts, ...Array(6 - parts.length).fill(ANYTHING)]
        : undefined;
}
/**
 * "You can use wildcard characters (* and ?) within ARN segments", and if an ARN ends early with a wildcard, its
 * remaining parts are wildcards. A pattern that matches only if a wildcard includes a colon is `unknown`.
 */
function matchArn(written, pattern, arn) {
    if (!matches(pattern, arn))
        return NO;
    if (isLiteral(pattern))
        return YES;
    const parts = partsOf(arn);
    if (parts === undefined)
        return YES;
    const patterns = completed(pattern);
    return patterns?.every((part, index) => matches(part, parts[index] ?? '')) ? YES : spans(written);
}
function spans(written) {
    return unknown(`whether the wildcard of ${shortened(written)} matches several parts of an ARN`);
}

;// CONCATENATED MODULE: ./audit/checks/policy/judge.js
/** Functions that the checks of policies share: they evaluate a policy's text, whatever it is attached to. */








const policyNeed = need(['ecr:GetRegistryPolicy', 'ecr:GetRepositoryPolicy'], (about) => 'repository' in about ? about.repository.policy : about.registry.policy);
function policyJudge({ looksUp, judge, kinds = ['repository', 'registry'], ...text }) {
    const maker = checkFor(...kinds);
    const of = (policy, lookup, about, report) => {
        if (policy === undefined)
            report.doesNotApply();
        else
            judge(viewOf(about, policy, lookup), report);
    };
    const check = looksUp
        ? maker({
            ...text,
            needs: { policy: policyNeed, directory: directory },
            judge: (facts, about, report) => of(facts.policy, facts.directory, about, report),
        })
        : maker({
            ...text,
            needs: { policy: policyNeed },
            judge: (facts, about, report) => of(facts.policy, NO_LOOKUP, about, report),
        });
    return { check, judge };
}
const NO_LOOKUP = () => {
    throw new Error('a check looks up principals that it does not declare');
};
/** A registry policy, for checks that look up no principal. */
function viewOfRegistry({ world, registry }, text) {
    return viewOf({ world, registry }, text, NO_LOOKUP);
}
/** A repository policy, for checks that look up no principal. */
function viewOfRepository(about, text) {
    return viewOf(about, text, NO_LOOKUP);
}
function viewOf(about, text, lookup) {
    const { world, registry } = about;
    if (!('repository' in about)) {
        return {
            kind: 'registry',
            called: `the policy of the registry ${registry.host}`,
            text,
            world,
            registry,
            expected: undefined,
            repository: undefined,
            lookup,
            ...commandsFor(registry, 'registry'),
        };
    }
    const { repository, expected } = about;
    return {
        kind: 'repository',
        called: `the policy of ${words_name(repository.name)}`,
        text,
        world,
        registry,
        expected,
        repository: repository.arn,
        lookup,
        ...commandsFor(registry, { repository: repository.name }),
    };
}
function itemsOf(statements) {
    return statements.map(({ statement }) => shortened(statement.sid));
}
function isAllow({ statement }) {
    return statement.effect === 'Allow';
}
/** Whether a statement's Resource element is about something, for any principal. */
function isOnResource(view, { resources }, resource) {
    const attachment = attachmentOf(view);
    const { account, partition } = view.registry;
    const { organization } = attachment;
    const root = rootOf({ id: account, partition, organization });
    return matchResources(resources, resource, view.kind, hasVariables(view), contextOf(root, attachment));
}

;// CONCATENATED MODULE: ./audit/checks/registry.js
/** Which other accounts can create repositories in a registry and replicate into it, and where it replicates to. */







const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
/** Reports the unknown accounts to which a registry policy grants any of some actions. */
function judgeGrants(about, policy, actions, report, advice) {
    const view = viewOfRegistry(about, policy);
    const isKnown = (account) => about.world.isKnownAccount(account);
    const granting = statementsOf(view, report).filter(({ statement }) => statement.effect === 'Allow' &&
        statement.principals?.except === false &&
        actions.some((action) => isAbout(statement, action)));
    const found = granting.map((placed) => ({ placed, who: outsidersOf(view, placed.statement, isKnown) }));
    reportOutsiders(view, found, report, advice);
}
const createOnPush = registryCheck({
    id: 'registry/create-on-push',
    title: 'Only known accounts can create repositories.',
    severities: ['medium'],
    means: 'A principal of an unknown account can create repositories: the registry policy allows ecr:CreateRepository, or it allows push and a creation template has CREATE_ON_PUSH. Such a template alone is not a failure.',
    why: 'An account that can create repositories chooses their names, and can use a name that a deployment expects.',
    fix: 'Limit the statement of the registry policy to known accounts.',
    nearest: 'none',
    reference: `${GUIDE}/registry-permissions.html`,
    needs: { policy: registryPolicy, templates: templates, scope: policyScope },
    judge(facts, about, report) {
        const text = facts.policy;
        if (text === undefined)
            return;
        const advice = {
            does: 'create repositories',
            toDo: 'Limit the statement to known accounts, or add the account to accounts in the audit policy.',
        };
        judgeGrants(about, text, ['ecr:CreateRepository'], report, advice);
        if (report.problems.length > 0)
            return;
        report.attempt(() => {
            const template = facts.templates.find(({ appliedFor }) => appliedFor.includes('CREATE_ON_PUSH'));
            // A registry policy of scope V1 is not about push.
            if (template === undefined || facts.scope !== 'V2')
                return;
            judgeGrants(about, text, ['ecr:InitiateLayerUpload', 'ecr:PutImage'], report, advice);
        });
    },
});
const replicateInto = registryCheck({
    id: 'registry/replicate-into',
    title: 'Only known accounts replicate into the registry.',
    severities: ['high'],
    means: 'The registry policy allows an unknown account to replicate images into this registry (ecr:ReplicateImage).',
    why: 'Replication overwrites tags, so the other account decides which images they name.',
    fix: 'Limit the statement to known accounts.',
    nearest: 'none',
    reference: `${GUIDE}/registry-permissions-create-replication.html`,
    needs: { policy: registryPolicy },
    judge(facts, about, report) {
        if (facts.policy === undefined)
            return;
        judgeGrants(about, facts.policy, ['ecr:ReplicateImage'], report, {
            does: 'replicate images into it',
            toDo: 'Limit the statement to known accounts, or add the account to accounts in the audit policy.',
        });
    },
});
const registry_replication = registryCheck({
    id: 'registry/replication',
    title: 'Images are replicated to known accounts.',
    severities: ['low'],
    means: 'A replication destination is in an unknown account.',
    why: 'Each image is copied to that account, and its owner can read it.',
    fix: 'Remove the destination, or add the account to `accounts` in the audit policy.',
    nearest: 'none',
    reference: `${GUIDE}/replication.html`,
    needs: { replication: replication },
    judge({ replication: rules }, { world, registry }, report) {
        const accounts = destinationsOf(rules).map(({ account }) => account);
        const unknown = [...new Set(accounts.filter((account) => !world.isKnownAccount(account)))].sort();
        if (unknown.length === 0)
            return;
        if (!world.knowsAccounts) {
            const entries = unknown.map((account) => `"${account}": name`).join(', ');
            return report.unknown(`whether ${list(unknown, 20)} may have copies of the images: the audit policy names no account; add those that are yours to accounts: { ${entries} }`);
        }
        report.fail({
            what: `Images of ${registry.host} are replicated to ${list(unknown.map((account) => `account ${account}`))}, which the audit policy does not name.`,
            toDo: 'Remove the destination, or add the account to accounts in the audit policy.',
            evidence: { accounts: some(unknown) },
            command: aws('ecr put-replication-configuration', {
                'replication-configuration': 'file://replication.json',
                region: registry.region,
            }),
            document: () => withoutDestinations(rules, new Set(unknown)),
            items: unknown,
        });
    },
});
function destinationsOf(rules) {
    return rules.flatMap(({ destinations }) => destinations);
}
function withoutDestinations(rules, accounts) {
    return {
        rules: rules.flatMap(({ destinations, prefixes }) => {
            const left = destinations.filter(({ account }) => !accounts.has(account));
            if (left.length === 0)
                return [];
            const filters = prefixes.map((filter) => ({ filter, filterType: 'PREFIX_MATCH' }));
            return [
                {
                    destinations: left.map(({ region, account }) => ({ region, registryId: account })),
                    ...(filters.length === 0 ? {} : { repositoryFilters: filters }),
                },
            ];
        }),
    };
}
/** Known replication destinations that are not audited, for `notSeen`. */
function unseenDestinations(rules, world) {
    const hosts = new Set(world.facts.registries.map(({ account, region }) => `${account} ${region}`));
    return destinationsOf(rules)
        .filter(({ account, region }) => world.isKnownAccount(account) && !hosts.has(`${account} ${region}`))
        .map(({ account, region }) => `replication destination ${account} ${region}`);
}

;// CONCATENATED MODULE: ./audit/access/dangers.js


/**
 * Actions with which a principal can give permissions to itself or others. Actions on service-linked roles and instance
 * profiles cannot.
 */
const IAM_WRITES = [
    ...['AddClientIDToOpenIDConnectProvider', 'AddUserToGroup', 'AttachGroupPolicy', 'AttachRolePolicy'],
    ...['AttachUserPolicy', 'CreateAccessKey', 'CreateGroup', 'CreateLoginProfile'],
    ...['CreateOpenIDConnectProvider', 'CreatePolicy', 'CreatePolicyVersion', 'CreateRole'],
    ...['CreateSAMLProvider', 'CreateUser', 'DeactivateMFADevice', 'DeleteRolePermissionsBoundary'],
    ...['DeleteRolePolicy', 'DeleteUserPermissionsBoundary', 'DeleteUserPolicy', 'DetachRolePolicy'],
    ...['DetachUserPolicy', 'PutGroupPolicy', 'PutRolePermissionsBoundary', 'PutRolePolicy'],
    ...['PutUserPermissionsBoundary', 'PutUserPolicy', 'SetDefaultPolicyVersion', 'UpdateAccessKey'],
    ...['UpdateAssumeRolePolicy', 'UpdateLoginProfile', 'UpdateOpenIDConnectProviderThumbprint'],
    ...['UpdateRole', 'UpdateSAMLProvider'],
].map((name) => `iam:${name}`);
/** Actions that read secrets, use keys, or read or write buckets. */
const DATA = [
    ...['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
    ...['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    ...['kms:Decrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
    ...['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:PutBucketPolicy'],
];
const SOUGHT = [
    { kind: 'iam', actions: IAM_WRITES },
    { kind: 'pass-role', actions: ['iam:PassRole'] },
    { kind: 'assume-role', actions: ['sts:AssumeRole'] },
    { kind: 'data', actions: DATA },
];
/** Reads the identity policies of a user or role. Each danger is decided by the evaluator. */
function permissionsOf(principal, evaluator) {
    const dangers = [];
    const summary = new Set();
    const unknown = [];
    for (const { name, document } of evaluator.policiesOf(principal).identity) {
        if (!document.readable) {
            unknown.push(`${name} could not be read: ${document.reason}`);
            continue;
        }
        for (const statement of document.statements) {
            if (!statement.readable) {
                unknown.push(`statement ${shortened(statement.sid)} of ${name} could not be read: ${statement.reason}`);
                continue;
            }
            if (statement.effect !== 'Allow')
                continue;
            for (const text of inWords(statement))
                summary.add(text);
            dangers.push(...dangersIn(statement, name, principal, evaluator));
        }
    }
    return { dangers, summary: [...summary], unknown };
}
/** The Allow statements of a principal that cover all actions of a service, on any resources. */
function wholeServiceOf(principal, service, evaluator) {
    const all = glob(`${service}:*`);
    return evaluator.policiesOf(principal).identity.flatMap(({ name, document }) => {
        if (!document.readable)
            return [];
        return document.statements.flatMap((statement) => {
            if (!statement.readable || statement.effect !== 'Allow')
                return [];
            const { actions, conditions, resources } = statement;
            const isWhole = actions.except
                ? !actions.patterns.some((pattern) => intersect(pattern, all))
                : actions.patterns.some((pattern) => covers(pattern, all));
            if (!isWhole)
                return [];
            // An action that does not exist stands for all actions of the service.
            const [first = '*'] = resources?.except ? [] : (resources?.patterns ?? []);
            const own = `arn:${partitionOf(principal)}:${service}:*:${principal.account}:*`;
            const resource = { any: glob(isAll(first) ? own : first) };
            const { verdict, unknown } = evaluator.decide({
                action: `${service}:AnyAction`,
                principal,
                target: targetOf(principal, resource),
            });
            if (verdict === 'denied')
                return [];
            const [text = ''] = inWords(statement);
            const conditioned = conditions.length > 0 && verdict !== 'allowed';
            return [{ text, verdict, unknown, conditioned, policy: name, sid: shortened(statement.sid) }];
        });
    });
}
/** The actions that a statement allows, one by one. */
function inWords({ actions, resources, conditions }) {
    const names = actions.patterns.map(written);
    const subjects = actions.except ? [`all but ${names.join(', ')}`] : names;
    const where = resources?.except ? 'all but ' : '';
    const on = `${where}${(resources?.patterns ?? ['*']).join(', ')}`;
    const under = conditions.length === 0 ? '' : ' under conditions';
    return subjects.map((subject) => shortened(`${subject} on ${on}${under}`, dangers_LONGEST));
}
const dangers_LONGEST = 300;
function partitionOf({ arn }) {
    return arn.split(':')[1] ?? 'aws';
}
/** A resource of the principal's own account. */
function targetOf({ account, organization }, name) {
    return {
        name,
        account: account ?? '',
        region: undefined,
        tags: { unknown: 'the tags of the resource' },
        organization,
        policies: [],
        resourcePolicyDecides: false,
    };
}
function dangersIn(statement, policy, principal, evaluator) {
    const found = (kind, text, action, resource) => {
        const target = targetOf(principal, resource);
        const { verdict, unknown } = evaluator.decide({ action, principal, target });
        if (verdict === 'denied')
            return undefined;
        const conditioned = statement.conditions.length > 0 && verdict !== 'allowed';
        return { kind, text, verdict, unknown, conditioned, policy, sid: shortened(statement.sid) };
    };
    if (isEverything(statement)) {
        const text = statement.actions.except ? `${namedBy(statement, [])} on *` : '* on *';
        // An action that does not exist in any service stands for all other actions.
        const everything = found('everything', text, 'any-service:AnyAction', { everything: true });
        if (everything !== undefined)
            return [everything];
        // A Deny may still leave some of the actions below allowed.
    }
    return SOUGHT.flatMap(({ kind, actions }) => {
        const about = actions.filter((action) => isAbout(statement, action));
        for (const action of about) {
            const resource = wholeKind(statement, action, principal);
            if (resource === undefined)
                continue;
            const danger = found(kind, `${namedBy(statement, about)} on *`, action, resource);
            if (danger !== undefined)
                return [danger];
        }
        return [];
    });
}
/** The patterns in a statement that match some actions. */
function namedBy({ actions }, about) {
    if (actions.except)
        return shortened(`all but ${actions.patterns.map(written).join(', ')}`);
    const patterns = actions.patterns.filter((pattern) => about.some((action) => covers(pattern, glob(lowerCase(action)))));
    return shortened(patterns.map((pattern) => properCase(written(pattern), about)).join(', '), dangers_LONGEST);
}
/** Actions are stored in lower case. A full action is shown in its usual spelling. */
function properCase(pattern, about) {
    return about.find((action) => lowerCase(action) === pattern) ?? pattern;
}
function isEverything(statement) {
    const { actions, resources } = statement;
    const onAll = resources === undefined || (!resources.except && resources.patterns.some(isAll));
    if (!onAll)
        return false;
    // NotAction leaves out some services, and allows all others.
    return actions.except || actions.patterns.some((pattern) => covers(pattern, glob('*')));
}
function isAll(pattern) {
    return /^\*+$/.test(pattern);
}
/** All resources of a kind, if a statement covers all of them for an action. */
function wholeKind({ resources }, action, principal) {
    const all = resourcesOf(action, principal).map(glob);
    const whole = resources === undefined || resources.except
        ? all[0]
        : all.find((one) => resources.patterns.some((pattern) => covers(glob(pattern), one)));
    return whole === undefined ? undefined : { any: whole };
}
/** Patterns that each stand for all resources of a kind to which an action applies. */
function resourcesOf(action, principal) {
    const partition = partitionOf(principal);
    const iam = `arn:${partition}:iam::${principal.account}`;
    switch (action.split(':', 1)[0]) {
        case 'iam':
            return action === 'iam:PassRole'
                ? [`${iam}:role/*`]
                : ['role', 'user', 'policy', 'group'].map((kind) => `${iam}:${kind}/*`);
        case 'sts':
            return [`${iam}:role/*`];
        case 's3':
            return [`arn:${partition}:s3:::*`];
        case 'secretsmanager':
            return [`arn:${partition}:secretsmanager:*:${principal.account}:secret:*`];
        case 'ssm':
            return [`arn:${partition}:ssm:*:${principal.account}:parameter/*`];
        default:
            return [`arn:${partition}:kms:*:${principal.account}:key/*`];
    }
}

;// CONCATENATED MODULE: ./audit/principals.js
/**
 * The report about each user and role: who can assume it, which workloads run with it, and what it may do outside
 * Amazon ECR.
 */





/** The most permissions that are listed for a principal. Dangerous permissions are always listed. */
const MOST_PERMISSIONS = 50;
/** One entry for each user and role of the accounts that were read. */
function principalEntries(world) {
    return world.accessFacts.accounts.flatMap(({ principals }) => 'known' in principals ? principals.known.map((principal) => entryOf(world, principal)) : []);
}
function entryOf(world, principal) {
    const { dangers, summary, unknown } = permissionsOf(principal, world.evaluator);
    const notKnown = [...unknown];
    const usedBy = [];
    if (principal.kind === 'role') {
        for (const fact of workloadsOf(world, principal)) {
            const content = Fact.open(fact);
            if ('known' in content)
                usedBy.push(...content.known);
            else
                notKnown.push(`what runs with it: ${content.gap.reason}`);
        }
    }
    return {
        arn: principal.arn,
        kind: principal.kind === 'user' ? 'user' : 'role',
        assumedBy: assumedBy(principal.trust).map((one) => words_name(one)),
        usedBy: [...new Set(usedBy)],
        permissions: {
            summary: summary.slice(0, MOST_PERMISSIONS),
            dangers: [
                ...new Set(dangers.map(({ text, conditioned }) => `${text}${conditioned ? ' under conditions' : ''}`)),
            ],
            unknown: [...new Set(notKnown)],
        },
    };
}

;// CONCATENATED MODULE: ./audit/access/actions.js
/** The actions that make up an ability; what each group is for is in the README. */
/** Reads an image: its manifest and its layers. */
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
/** Writes an image. */
const PUSH = [
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
];
/** Moves a tag to another existing image. */
const RETAG = ['ecr:PutImage'];
/** Deletes images or the whole repository; either is enough. */
const DELETE = ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'];
/** Changes who can do what with a repository, or what happens to its images. One of these actions is enough. */
const ADMINISTER = [
    'ecr:SetRepositoryPolicy',
    'ecr:DeleteRepositoryPolicy',
    'ecr:PutLifecyclePolicy',
    'ecr:DeleteLifecyclePolicy',
    'ecr:PutImageTagMutability',
    'ecr:PutImageScanningConfiguration',
    'ecr:UpdateImageStorageClass',
    'ecr:TagResource',
    'ecr:UntagResource',
];
/** The same for a whole registry. These actions have no resource, so repository policies do not apply to them. */
const ADMINISTER_REGISTRY = [
    'ecr:PutRegistryPolicy',
    'ecr:DeleteRegistryPolicy',
    'ecr:PutRegistryScanningConfiguration',
    'ecr:PutReplicationConfiguration',
    'ecr:StartReplicationBackfill',
    'ecr:StopReplicationBackfill',
    'ecr:CreatePullThroughCacheRule',
    'ecr:UpdatePullThroughCacheRule',
    'ecr:DeletePullThroughCacheRule',
    'ecr:CreateRepositoryCreationTemplate',
    'ecr:UpdateRepositoryCreationTemplate',
    'ecr:DeleteRepositoryCreationTemplate',
    'ecr:PutAccountSetting',
    'ecr:PutSigningConfiguration',
    'ecr:DeleteSigningConfiguration',
    'ecr:RegisterPullTimeUpdateExclusion',
    'ecr:DeregisterPullTimeUpdateExclusion',
];
/** The action that `docker login` needs. The API of ECR does not need it. Only identity policies can grant it. */
const TOKEN = 'ecr:GetAuthorizationToken';
/** Every action on a repository that an ability has. */
const REPOSITORY_ACTIONS = [
    ...new Set([...PULL, ...PUSH, ...DELETE, ...ADMINISTER]),
];

;// CONCATENATED MODULE: ./audit/access/conditions.js



/** Whether a statement's conditions hold: all of them have to. */
function holdAll(conditions, context, variables) {
    let match = YES;
    for (const condition of conditions) {
        match = both(match, holds(condition, context, variables));
        if (match.truth === 'no')
            return NO;
    }
    return match;
}
/**
 * Whether one condition holds. Several values in the policy are alternatives; under a negated operator none of them
 * may match. A missing key makes a condition false, a negated one true, and one with `IfExists` true.
 * @param variables whether policy variables are replaced
 */
function holds(condition, context, variables) {
    const { operator, key, text } = condition;
    if (operator === undefined)
        return unknown(`the operator of "${text}" is unknown`);
    const value = context.value(key);
    if (operator.type === 'null')
        return isNull(condition, value);
    const compareWith = comparer(condition, operator, context, variables);
    if (value.kind === 'known')
        return ofKnown(condition, operator, value.values, compareWith);
    // The possible outcomes: one for each pattern, and one for a missing key.
    const outcomes = value.patterns.map((pattern) => negatedIf(operator, compareWith(pattern, value)));
    if (value.mayBeAbsent)
        outcomes.push(ofAbsent(condition, operator));
    if (outcomes.every((outcome) => outcome.truth === 'yes'))
        return YES;
    if (outcomes.every((outcome) => outcome.truth === 'no'))
        return NO;
    const undecided = value.reason === undefined ? conditional(text) : unknown(value.reason);
    return outcomes.reduce((match, outcome) => (outcome.truth === 'unknown' ? both(match, outcome) : match), undecided);
}
/** Compares a value, or a pattern of values, of the request with all values of the policy. */
function comparer(condition, operator, context, variables) {
    const { values, text } = condition;
    const replace = variables && values.some(variables_hasVariables);
    if (replace && !takesVariables(operator)) {
        return () => unknown(`"${text}" has a policy variable, which this operator does not replace`);
    }
    const wanted = replace ? values : patternsOf(condition, operator);
    return (given, open) => {
        let match = NO;
        for (const value of wanted) {
            match = either(match, replace ? substituted(value, given, open) : plain(value, given, open));
            if (match.truth === 'yes')
                return YES;
        }
        return match;
    };
    function plain(wanted, given, open) {
        if (open === undefined)
            return compare(operator, wanted, given);
        return (compareOpen(operator, wanted, given) ??
            (open.reason === undefined ? conditional(text) : unknown(open.reason)));
    }
    function substituted(value, given, open) {
        const wanted = substitute(value, context, takesWildcards(operator));
        if (wanted.kind === 'nothing')
            return NO;
        if (wanted.kind === 'unreadable')
            return unknown(wanted.reason);
        if (wanted.kind === 'fixed')
            return plain(wanted.pattern, given, open);
        // An undecided variable can only prevent a match.
        const atMost = open === undefined ? compare(operator, wanted.pattern, given) : plain(wanted.pattern, given, open);
        if (atMost.truth === 'no' || atMost.truth === 'unknown')
            return atMost;
        return wanted.reason === undefined ? conditional(text) : unknown(wanted.reason);
    }
}
const patterns = new WeakMap();
/** The values of a condition, prepared for comparison. They are computed once. */
function patternsOf(condition, operator) {
    let known = patterns.get(condition);
    if (known === undefined) {
        known = condition.values.map((value) => compiled(operator, value));
        patterns.set(condition, known);
    }
    return known;
}
function negatedIf({ negated }, match) {
    return negated ? not(match) : match;
}
/**
 * With `ForAllValues`, every value of the request has to match, which is also true without values. With `ForAnyValue`,
 * at least one value has to match
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html).
 */
function ofKnown(condition, operator, values, compareWith) {
    const [first, ...more] = values;
    if (first === undefined)
        return ofAbsent(condition, operator);
    const outcomes = values.map((value) => negatedIf(operator, compareWith(value, undefined)));
    if (condition.set === 'all')
        return outcomes.reduce(both, YES);
    if (condition.set === 'any')
        return outcomes.reduce(either, NO);
    if (more.length > 0) {
        return unknown(`"${condition.text}" tests a key with several values without ForAllValues or ForAnyValue`);
    }
    return outcomes[0] ?? NO;
}
function ofAbsent({ ifExists, set, text }, { negated }) {
    // The documented rules contradict each other: "If the key is not present, evaluate the condition element as true."
    // "For no matching key or a null dataset, the condition returns false."
    if (ifExists && set === 'any')
        return unknown(`"${text}" combines ForAnyValue and IfExists, and the key is missing`);
    if (ifExists || set === 'all')
        return YES;
    if (set === 'any')
        return NO;
    return negated ? YES : NO;
}
/** "true (the key doesn't exist — it is null) or false (the key exists and its value is not null)" */
function isNull(condition, value) {
    let match = NO;
    for (const wanted of condition.values) {
        const small = wanted.toLowerCase();
        if (small !== 'true' && small !== 'false')
            return unknown(`"${condition.text}" is neither true nor false`);
        match = either(match, nullIs(small === 'true', condition, value));
    }
    return match;
}
function nullIs(absent, { text }, value) {
    if (value.kind === 'known')
        return (value.values.length === 0) === absent ? YES : NO;
    if (!value.mayBeAbsent)
        return absent ? NO : YES;
    return value.reason === undefined ? conditional(text) : unknown(value.reason);
}

;// CONCATENATED MODULE: ./audit/access/principals.js

/** Every way in which a Principal element names a principal. */
function namings({ entries }, principal) {
    const found = [];
    for (const entry of entries) {
        const named = naming(entry, principal);
        if (named !== undefined)
            found.push(named);
    }
    return found;
}
const YES_DIRECT = { naming: 'direct', match: YES };
const YES_ROLE = { naming: 'role', match: YES };
const YES_ACCOUNT = { naming: 'account', match: YES };
const YES_EVERYONE = { naming: 'everyone', match: YES };
function naming(entry, principal) {
    const { kind, arn, account } = principal;
    switch (entry.type) {
        case 'everyone':
            return YES_EVERYONE;
        case 'account':
            return account === entry.account ? YES_ACCOUNT : undefined;
        case 'role':
            return kind === 'role' && arn === entry.arn ? YES_ROLE : undefined;
        case 'user':
            return kind === 'user' && arn === entry.arn ? YES_DIRECT : undefined;
        case 'session':
            return sessionOf(entry, principal);
        case 'federated-user':
            if (kind === 'federated-user')
                return arn === entry.arn ? YES_DIRECT : undefined;
            // GetFederationToken gives a user or the root a session under a name that the caller chooses.
            if (account !== entry.account || (kind !== 'user' && kind !== 'root'))
                return undefined;
            return { naming: 'session', match: conditional(`the session ${entry.arn}`) };
        case 'federated':
            return kind === 'federated' && arn === `federated:${entry.provider}` ? YES_DIRECT : undefined;
        case 'service':
            if (kind !== 'service')
                return undefined;
            if (entry.name === '*')
                return { naming: 'direct', match: unknown('a Principal names the service *') };
            return arn === `service:${entry.name}` ? YES_DIRECT : undefined;
        case 'canonical':
            return kind === 'canonical' && arn === `canonical:${entry.id}` ? YES_DIRECT : undefined;
        case 'id':
            if (principal.id !== entry.id)
                return undefined;
            return kind === 'role' ? YES_ROLE : YES_DIRECT;
        case 'unreadable':
            return {
                naming: 'direct',
                match: unknown(`the principal ${entry.text} of a policy could not be read`),
            };
    }
}
/** The ARN of a session contains the name of its role, but not the role's path. */
function sessionOf(entry, { kind, arn, account }) {
    if (kind !== 'role' || account !== entry.account || arn.slice(arn.lastIndexOf('/') + 1) !== entry.role) {
        return undefined;
    }
    return { naming: 'session', match: conditional(`the session ${entry.session} of ${arn}`) };
}
/** Whether a Principal element of a Deny matches a principal. Denying an account denies every principal in it. */
function isNamed(principals, principal) {
    return namings(principals, principal).reduce((match, named) => either(match, named.match), NO);
}
/**
 * Whether a NotPrincipal element of a Deny matches a principal. "The NotPrincipal element with a Deny effect will
 * always deny any IAM principal that has a permissions boundary policy attached, regardless of the values specified in
 * the NotPrincipal element." And: "When you use NotPrincipal with Deny, you must also specify the account ARN of the
 * not-denied principal. Otherwise, the policy might deny access to the entire account containing the principal."
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html) Of a role, "you must list the
 * role session name of every user and every instance ID that will be assuming the role"
 * (https://repost.aws/knowledge-center/explicit-deny-principal-elements-s3), while the guide recommends to list the role and
 * its account.
 */
function isNotExcepted(principals, principal) {
    const found = namings(principals, principal);
    const by = (naming) => found.some((named) => named.naming === naming && named.match.truth === 'yes');
    const unreadable = found.find((named) => named.match.truth === 'unknown');
    if (principal.kind === 'role' || principal.kind === 'user' || principal.kind === 'federated-user') {
        if ('known' in principal.boundary && principal.boundary.known !== undefined)
            return YES;
        if ('unknown' in principal.boundary && found.length > 0) {
            return unknown(`the permissions boundary of ${principal.arn}: ${principal.boundary.unknown}`);
        }
        if (by('everyone') || (by('direct') && by('account')))
            return NO;
        const sessions = found.filter(({ naming }) => naming === 'session');
        if (by('role') && by('account')) {
            return sessions.length > 0
                ? conditional(`another session of ${principal.arn} than those that a NotPrincipal lists`)
                : unknown(`a NotPrincipal lists ${principal.arn} and none of its sessions`);
        }
        if (found.length > 0)
            return (unreadable?.match ?? unknown(`a NotPrincipal lists only part of ${principal.arn} and its account`));
        return YES;
    }
    if (unreadable !== undefined && found.length === 1)
        return unreadable.match;
    return found.length === 0 ? YES : NO;
}

;// CONCATENATED MODULE: ./audit/access/decide.js
/**
 * Whether a principal can do an action on a resource, in the order in which AWS evaluates policies
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html):
 * an explicit Deny anywhere; service control and resource control policies; resource policies or identity policies
 * within the limits of a permissions boundary.
 */






/** The services that resource control policies apply to and whose actions are decided here. */
const RCP_SERVICES = new Set(['ecr', 'sts']);
/** Makes decisions. Each document is parsed once. */
class Evaluator {
    organization;
    documents = new Map();
    byText = new WeakMap();
    principals = new WeakMap();
    levels = new Map();
    /** How many decisions were made. */
    decided = 0;
    constructor(organization) {
        this.organization = organization;
    }
    /** Reads a policy's text. */
    document(text, kind) {
        if ('unknown' in text)
            return { readable: false, reason: text.unknown };
        // Looking up a long text also takes time.
        const before = this.byText.get(text);
        if (before?.kind === kind)
            return before.document;
        const key = `${kind} ${text.known}`;
        let document = this.documents.get(key);
        if (document === undefined) {
            document = parseDocument(text.known, kind);
            this.documents.set(key, document);
        }
        this.byText.set(text, { kind, document });
        return document;
    }
    /** The identity policies of a principal. */
    policiesOf(principal) {
        let policies = this.principals.get(principal);
        if (policies === undefined) {
            policies = this.readPolicies(principal);
            this.principals.set(principal, policies);
        }
        return policies;
    }
    readPolicies({ policies, boundary, kind, arn }) {
        if (kind !== 'role' && kind !== 'user' && kind !== 'federated-user') {
            return { identity: [], boundary: undefined };
        }
        const read = (source, name, text) => ({
            source,
            name,
            document: this.document(text, 'principal'),
        });
        const missing = (source, what, reason) => ({
            source,
            name: what,
            document: { readable: false, reason },
        });
        return {
            identity: 'unknown' in policies
                ? [missing('identity', `policies of ${arn}`, policies.unknown)]
                : policies.known.map(({ name, text }) => read('identity', name, text)),
            boundary: 'unknown' in boundary
                ? missing('boundary', `boundary of ${arn}`, boundary.unknown)
                : boundary.known && read('boundary', boundary.known.name, boundary.known.text),
        };
    }
    /** The levels of a kind that apply to an account, with their policies. */
    levelsOf(kind, account) {
        const key = `${kind} ${account}`;
        let levels = this.levels.get(key);
        if (levels === undefined) {
            levels = this.organization.levels
                .filter((level) => level.kind === kind && (level.account === undefined || level.account === account))
                .map((level) => ({
                source: kind,
                name: level.name,
                policies: level.policies.map(({ name, text }) => ({
                    source: kind,
                    name,
                    document: this.document(text, kind === 'scp' ? 'principal' : 'rcp'),
                })),
            }));
            this.levels.set(key, levels);
        }
        return levels;
    }
    /**
     * Decides. For a principal of another account, the answer is what the resource's account allows. With `otherSide`, it
     * includes what the principal's own account allows.
     */
    decide(question, otherSide = false) {
        this.decided += 1;
        const { principal, target } = question;
        const context = contextOf(principal, target, question.keys);
        const apply = (policies, effect) => policies.flatMap((policy) => applied(policy, effect, question, context));
        const { identity, boundary } = this.policiesOf(principal);
        const sameAccount = principal.account === target.account;
        // Services, identity providers and `anyone` have no account.
        const ownSide = principal.account !== undefined && (sameAccount || otherSide);
        const resource = target.policies.map(({ source, name, text }) => ({ source, name, document: this.document(text, source) }));
        const own = ownSide ? [...identity, ...(boundary === undefined ? [] : [boundary])] : [];
        const levels = this.levelsFor(question, ownSide);
        // "If the enforcement code finds even one explicit deny that applies, the code returns a final decision of Deny."
        const denies = [
            ...apply([...own, ...resource], 'Deny'),
            ...levels.flatMap(({ level, bound }) => withCertainty(apply(level.policies, 'Deny'), bound)),
        ];
        if (denies.some(({ match }) => match.truth === 'yes'))
            return denied(denies);
        // Every level has to allow. The Allow statements of a level add up, and a level without any implies Allow *.
        const gates = levels.map(({ level, bound }) => {
            const allows = apply(level.policies, 'Allow');
            const match = hasAllow(level) ? anyOf(allows) : YES;
            return { source: level.source, name: level.name, match: either(match, not(bound)), allows };
        });
        const boundaryAllows = boundary === undefined ? [] : apply([boundary], 'Allow');
        const limit = boundary === undefined ? YES : anyOf(boundaryAllows);
        const identityAllows = ownSide ? apply(identity, 'Allow') : [];
        const byIdentity = both(anyOf(identityAllows), limit);
        const grants = {
            byResource: apply(resource, 'Allow'),
            byIdentity,
            limit: boundary === undefined ? undefined : limit,
            identity: [...identityAllows, ...boundaryAllows],
        };
        const granted = principal.kind === 'root' && ownSide
            ? grantedToRoot(grants, target, sameAccount)
            : sameAccount
                ? grantedWithinAccount(grants, target)
                : grantedAcrossAccounts(grants, ownSide);
        let { match } = granted;
        for (const gate of gates)
            match = both(match, gate.match);
        for (const deny of denies)
            match = both(match, not(unlessOf(deny.match)));
        const needed = boundary === undefined || !ownSide
            ? gates
            : [...gates, { source: boundary.source, name: boundary.name, match: limit, allows: boundaryAllows }];
        return decision(match, granted, denies, needed);
    }
    /**
     * The levels that apply to a request: service control policies apply to the principals of their accounts, resource
     * control policies to the resources. Neither applies to the management account or to service-linked roles
     * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html,
     * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html).
     */
    levelsFor({ principal, target, action }, ownSide) {
        const { kind, account, arn } = principal;
        if (kind === 'role' && arn.includes(':role/aws-service-role/'))
            return [];
        const bound = [];
        if (ownSide && account !== undefined) {
            bound.push(...this.bind(this.levelsOf('scp', account), account));
        }
        if (RCP_SERVICES.has(action.slice(0, action.indexOf(':')))) {
            bound.push(...this.bind(this.levelsOf('rcp', target.account), target.account));
        }
        return bound;
    }
    bind(levels, account) {
        const management = this.organization.managementAccount;
        if ('known' in management) {
            return management.known === account ? [] : levels.map((level) => ({ level, bound: YES }));
        }
        const bound = unknown(`whether ${account} is the organization's management account: ${management.unknown}`);
        return levels.map((level) => ({ level, bound }));
    }
}
/**
 * "By default, all requests are implicitly denied with the exception of the AWS account root user, which has full
 * access." A role's trust policy cannot allow the root user, because the root user cannot assume roles
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
 */
function grantedToRoot({ byResource }, { resourcePolicyDecides }, sameAccount) {
    if (resourcePolicyDecides)
        return { match: NO, used: [] };
    return sameAccount ? { match: YES, used: [] } : { match: anyOf(byResource), used: byResource };
}
/**
 * Either the policies of the resource or those of the identity have to allow. A role's trust policy always has to
 * allow.
 */
function grantedWithinAccount({ byResource, byIdentity, limit, identity }, { resourcePolicyDecides }) {
    const delegations = resourcePolicyDecides ? byResource.filter(({ naming }) => naming === 'account') : [];
    let match = resourcePolicyDecides ? both(anyOf(delegations), byIdentity) : byIdentity;
    const used = match.truth === 'no' ? [] : [...delegations, ...identity];
    for (const grant of byResource) {
        const worth = withinBoundary(grant, limit);
        match = either(match, worth);
        if (worth.truth !== 'no')
            used.push({ ...grant, match: worth });
    }
    return { match, used };
}
/** "The request is allowed only if both evaluations return a decision of Allow." */
function grantedAcrossAccounts({ byResource, byIdentity, identity }, otherSide) {
    const match = anyOf(byResource);
    return otherSide
        ? { match: both(match, byIdentity), used: [...byResource, ...identity] }
        : { match, used: byResource };
}
function hasAllow({ policies }) {
    return policies.some(({ document }) => !document.readable || document.statements.some(({ effect }) => effect !== 'Deny'));
}
function withCertainty(list, bound) {
    return list.map((item) => ({ ...item, match: both(item.match, bound) }));
}
function anyOf(list) {
    let match = NO;
    for (const item of list) {
        match = either(match, item.match);
        if (match.truth === 'yes')
            return YES;
    }
    return match;
}
/**
 * The effect of a grant in a resource policy for a principal of the same account.
 *
 * - "Resource-based policies that grant permissions to an IAM role ARN are limited by an implicit deny in a permissions
 *   boundary"; those to a user's ARN or a session's ARN are not. - Naming the account delegates to it, and grants
 *   nothing to its users and roles.
 * - "Permissions boundaries … do not limit permissions granted using the aws:PrincipalArn condition key with a
 *   wildcard(*) in the Principal element". How a boundary affects other grants to everyone is not documented.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
 */
function withinBoundary({ naming, match, byArn }, limit) {
    if (naming === 'account')
        return NO;
    if (limit === undefined || naming === 'direct' || naming === 'session')
        return match;
    if (naming === 'role' || match.truth === 'no')
        return both(match, limit);
    if (byArn)
        return match;
    return either(both(match, limit), both(match, unknown('whether a permissions boundary limits a grant to everyone is not documented')));
}
function unlessOf(match) {
    return match.truth === 'conditional' || match.truth === 'unknown'
        ? { ...match, conditions: match.conditions.map((condition) => `unless ${condition}`) }
        : match;
}
/** The statements with an effect that apply, or may apply, to a request. */
function applied(policy, effect, question, context) {
    const { document, source, name } = policy;
    if (!document.readable) {
        const match = unknown(`${name} could not be read: ${document.reason}`);
        return [{ because: { source, policy: name, sid: '', effect }, match, naming: undefined, byArn: false }];
    }
    const found = [];
    for (const statement of statementsFor(document, question.action)) {
        if ((statement.effect ?? effect) !== effect)
            continue;
        const because = { source, policy: name, sid: shortened(statement.sid), effect };
        if (!statement.readable) {
            const match = unknown(`statement ${because.sid} of ${name} could not be read: ${statement.reason}`);
            found.push({ because, match, naming: undefined, byArn: false });
            continue;
        }
        found.push(...appliedStatement(statement, document, because, question, context));
    }
    return found;
}
function appliedStatement(statement, document, because, { principal, target }, context) {
    const who = whom(statement, principal);
    if (who.length === 0)
        return [];
    const resources = matchResources(statement.resources, target.name, because.source, document.variables, context);
    if (resources.truth === 'no')
        return [];
    const holds = together(holdAll(statement.conditions, context, document.variables));
    if (holds.truth === 'no')
        return [];
    const rest = both(resources, holds);
    const byArn = isLimitedByArn(statement);
    return who.map(({ naming, match }) => ({ because, match: both(match, rest), naming, byArn }));
}
/** All conditions of a statement have to be true. */
function together(match) {
    return match.conditions.length < 2 ? match : { ...match, conditions: [match.conditions.join(' and ')] };
}
const ITSELF = [{ naming: undefined, match: YES }];
/** How a statement names a principal, without its conditions. */
function whom({ principals, effect }, principal) {
    if (principals === undefined)
        return ITSELF;
    if (!principals.except && effect === 'Allow')
        return namings(principals, principal);
    const match = !principals.except
        ? isNamed(principals, principal)
        : effect === 'Deny'
            ? isNotExcepted(principals, principal)
            : isAllowedByExclusion(principals, principal);
    return match.truth === 'no' ? [] : [{ naming: 'everyone', match }];
}
/**
 * "NotPrincipal must be used with "Effect":"Deny". Using it with "Effect":"Allow" is not supported." Old policies may
 * still contain it.
 */
function isAllowedByExclusion(principals, principal) {
    return isNamed(principals, principal).truth === 'yes'
        ? NO
        : unknown('AWS no longer supports NotPrincipal with Allow, but an old policy may still grant access with it');
}
/** Whether the conditions of a statement name principals by ARN, so that it applies to no other principals. */
function isLimitedByArn({ conditions }) {
    return conditions.some(({ key, operator, ifExists, set }) => key.toLowerCase() === 'aws:principalarn' &&
        operator !== undefined &&
        operator.type !== 'null' &&
        !operator.negated &&
        !ifExists &&
        set !== 'all');
}
const decide_MOST_NAMED = 20;
/** Each statement once, up to a readable number. */
function named(list) {
    const found = new Map();
    for (const { because } of list) {
        if (found.size === decide_MOST_NAMED)
            break;
        found.set(`${because.source} ${because.policy} ${because.sid} ${because.effect}`, because);
    }
    return [...found.values()];
}
function denied(denies) {
    const because = named(denies.filter(({ match }) => match.truth === 'yes'));
    return { verdict: 'denied', because, conditions: [], unknown: [], limits: [] };
}
const VERDICTS = { yes: 'allowed', no: 'denied', conditional: 'conditional', unknown: 'unknown' };
function decision(match, { match: granted, used }, denies, gates) {
    if (match.truth === 'no') {
        const limits = gates
            .filter((gate) => gate.match.truth === 'no')
            .map(({ source, name }) => ({ source, policy: name }));
        return { verdict: 'denied', because: [], conditions: [], unknown: [], limits };
    }
    // If one grant is certain, uncertain ones add nothing.
    const grants = granted.truth === 'yes' ? used.filter((item) => item.match.truth === 'yes') : used;
    const open = [...denies, ...gates.flatMap((gate) => (gate.match.truth === 'yes' ? [] : gate.allows))];
    return {
        verdict: VERDICTS[match.truth],
        because: named([...grants, ...open]),
        conditions: match.conditions,
        unknown: match.reasons,
        limits: [],
    };
}
/** The strictest of several decisions that are all needed. */
function allNeeded(decisions) {
    const no = decisions.filter(({ verdict }) => verdict === 'denied');
    if (no.length > 0)
        return decide_merged('denied', no);
    const verdict = ['unknown', 'conditional'].find((word) => decisions.some((one) => one.verdict === word));
    return decide_merged(verdict ?? 'allowed', decisions);
}
/** The most permissive of several decisions, any of which is enough. */
function oneNeeded(decisions) {
    const verdict = ['allowed', 'conditional', 'unknown'].find((word) => decisions.some((one) => one.verdict === word));
    return decide_merged(verdict ?? 'denied', decisions.filter((one) => one.verdict === (verdict ?? 'denied')));
}
function decide_merged(verdict, decisions) {
    const because = new Map();
    const limits = new Map();
    let conditions = [];
    let reasons = [];
    for (const one of decisions) {
        for (const item of one.because) {
            if (because.size < decide_MOST_NAMED)
                because.set(`${item.source} ${item.policy} ${item.sid} ${item.effect}`, item);
        }
        for (const item of one.limits)
            limits.set(`${item.source} ${item.policy}`, item);
        conditions = union(conditions, one.conditions);
        reasons = union(reasons, one.unknown);
    }
    return {
        verdict,
        because: [...because.values()],
        conditions,
        unknown: reasons,
        limits: [...limits.values()],
    };
}

;// CONCATENATED MODULE: ./audit/access/abilities.js
/** What a principal can do with a repository or a registry, as abilities. */



/** The repository as a target of decisions. */
function repositoryTarget(repository, registry) {
    const policies = [];
    if ('unknown' in repository.policy || repository.policy.known !== undefined) {
        policies.push({ source: 'repository', name: 'repository policy', text: present(repository.policy) });
    }
    return {
        name: { arn: repository.arn },
        account: registry.account,
        region: registry.region,
        tags: repository.tags,
        organization: registry.organization,
        policies: [...policies, ...abilities_registryPolicy(registry)],
        resourcePolicyDecides: false,
    };
}
/** The registry itself, for actions that have no resource. */
function registryTarget(registry) {
    return {
        name: { everything: true },
        account: registry.account,
        region: registry.region,
        tags: { known: {} },
        organization: registry.organization,
        policies: abilities_registryPolicy(registry),
        resourcePolicyDecides: false,
    };
}
/**
 * The registry policy, if it applies to every request: "V2 allows all ECR actions and enforces the registry policy in
 * all ECR requests"; V1 applies only to replication, upstream images and new repositories. An unknown scope is treated
 * as V2, the scope of every registry today.
 */
function abilities_registryPolicy({ policy, policyScope }) {
    if ('known' in policyScope && policyScope.known === 'V1')
        return [];
    if ('known' in policy && policy.known === undefined)
        return [];
    return [{ source: 'registry', name: 'registry policy', text: present(policy) }];
}
function present(policy) {
    return 'known' in policy ? { known: policy.known ?? '' } : policy;
}
/** Decides the abilities of a principal on a repository. */
function repositoryAnswer(evaluator, principal, target, otherSide) {
    const decided = new Map(REPOSITORY_ACTIONS.map((action) => [action, evaluator.decide({ action, principal, target }, otherSide)]));
    const of = (actions) => actions.flatMap((action) => decided.get(action) ?? []);
    return answer({
        pull: allNeeded(of(PULL)),
        push: allNeeded(of(PUSH)),
        retag: allNeeded(of(RETAG)),
        delete: oneNeeded(of(DELETE)),
        administer: oneNeeded(of(ADMINISTER)),
    }, ADMINISTER.filter((action) => decided.get(action)?.verdict !== 'denied'));
}
/** Decides whether a principal has control of a registry. */
function registryAnswer(evaluator, principal, target, otherSide) {
    const decided = ADMINISTER_REGISTRY.map((action) => ({
        action,
        decision: evaluator.decide({ action, principal, target }, otherSide),
    }));
    return answer({ administer: oneNeeded(decided.map(({ decision }) => decision)) }, decided.filter(({ decision }) => decision.verdict !== 'denied').map(({ action }) => action));
}
function answer(decisions, actions) {
    const because = new Map();
    let conditions = [];
    let reasons = [];
    for (const one of Object.values(decisions)) {
        if (one.verdict === 'denied')
            continue;
        for (const item of one.because) {
            because.set(`${item.source} ${item.policy} ${item.sid} ${item.effect}`, item);
        }
        conditions = union(conditions, one.conditions);
        reasons = union(reasons, one.unknown);
    }
    return {
        pull: decisions.pull?.verdict,
        push: decisions.push?.verdict,
        retag: decisions.retag?.verdict,
        delete: decisions.delete?.verdict,
        administer: decisions.administer.verdict,
        administerActions: actions,
        token: undefined,
        conditions,
        unknown: reasons,
        because: [...because.values()],
        decisions,
    };
}
/** Whether a principal can log in to the registries of its own account with docker. */
function tokenVerdict(evaluator, principal, registry) {
    // A resource policy cannot grant it (https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html).
    const target = { ...registryTarget(registry), account: principal.account ?? '', policies: [] };
    return evaluator.decide({ action: TOKEN, principal, target }).verdict;
}
/** Whether nothing is allowed. */
function isAllDenied({ pull, push, retag, delete: deletes, administer }) {
    return [pull, push, retag, deletes, administer].every((verdict) => verdict === undefined || verdict === 'denied');
}

;// CONCATENATED MODULE: ./audit/access/map.js
/**
 * Who can do what with which repository. 400 roles and 500 repositories are 200,000 pairs with about twenty decisions
 * each, of which few differ. For each principal, repositories are grouped by everything that its decisions can depend
 * on, and each group is decided once.
 */









/** Decides for every principal and every repository and registry. */
function accessMap(facts, evaluator = new Evaluator(facts)) {
    const grouping = new Grouping(facts, evaluator);
    const rows = [];
    const before = evaluator.decided;
    for (const principal of principalsOf(facts, evaluator)) {
        for (const row of grouping.rowsOf(principal))
            rows.push(row);
    }
    return { rows, notes: notesOf(facts), decided: evaluator.decided - before };
}
/**
 * All principals that get rows: those that were read, the root users of their accounts, and those that policies name.
 */
function principalsOf(facts, evaluator) {
    const read = facts.accounts.flatMap((account) => [
        ...('known' in account.principals ? account.principals.known : []),
        rootOf(account),
    ]);
    const documents = [
        ...facts.repositories.flatMap(({ policy }) => map_documentOf(evaluator, policy, 'repository') ?? []),
        ...facts.registries.flatMap(({ policy }) => map_documentOf(evaluator, policy, 'registry') ?? []),
    ];
    const partition = facts.registries[0]?.partition ?? 'aws';
    return [...read, ...namedPrincipals([...new Set(documents)], facts.accounts, partition)];
}
function map_documentOf(evaluator, policy, kind) {
    if ('unknown' in policy)
        return evaluator.document(policy, kind);
    return policy.known === undefined ? undefined : evaluator.document({ known: policy.known }, kind);
}
function notesOf({ registries }) {
    return registries.flatMap(({ host, policyScope }) => 'unknown' in policyScope
        ? [`The scope of the registry policy of ${host} is unknown, so V2 is assumed: ${policyScope.unknown}`]
        : []);
}
/** Decides for one principal after the other. */
class Grouping {
    evaluator;
    placed;
    registries;
    audited;
    profiles = new Map();
    bits = new Map();
    shapes = new Map();
    shapeOf = new WeakMap();
    registryDocuments = new Map();
    constructor(facts, evaluator) {
        this.evaluator = evaluator;
        this.audited = new Set(facts.accounts.map(({ id }) => id));
        this.registries = facts.registries.map((registry) => ({
            facts: registry,
            target: registryTarget(registry),
        }));
        for (const registry of facts.registries) {
            this.registryDocuments.set(registry.host, map_documentOf(evaluator, registry.policy, 'registry'));
        }
        const byHost = new Map(facts.registries.map((registry) => [registry.host, registry]));
        const classes = new Map();
        this.placed = facts.repositories.flatMap((repository) => {
            const registry = byHost.get(repository.registry);
            if (registry === undefined)
                return [];
            const document = map_documentOf(evaluator, repository.policy, 'repository');
            const key = this.policyKey(document, repository, registry);
            const policyClass = classes.get(key) ?? classes.size;
            classes.set(key, policyClass);
            return [
                { repository, registry, document, policyClass, target: repositoryTarget(repository, registry) },
            ];
        });
    }
    policyKey(document, repository, registry) {
        const { policy } = repository;
        const text = 'unknown' in policy ? `unknown ${policy.unknown}` : `known ${policy.known ?? ''}`;
        if (document === undefined)
            return `${registry.host} none`;
        const { patterns, tags } = this.profile(document);
        const own = patterns.size === 0 ? '' : repository.arn;
        return [registry.host, own, tagKey(repository, tags), text].join('\n');
    }
    /** The rows of a principal. Each is decided when it is requested. */
    *rowsOf(principal) {
        const { arn, kind, account } = principal;
        const otherSide = account !== undefined && this.audited.has(account);
        const token = otherSide && this.registries[0] !== undefined
            ? tokenVerdict(this.evaluator, principal, this.registries[0].facts)
            : undefined;
        const answers = new Map();
        const decideOnce = (key, decide) => {
            if (!answers.has(key)) {
                const answer = decide();
                answers.set(key, isAllDenied(answer) ? undefined : { ...answer, token });
            }
            return answers.get(key);
        };
        const residues = new Map();
        const plans = new Map();
        for (const [index, place] of this.placed.entries()) {
            const { repository, registry, target, policyClass } = place;
            let residue = residues.get(policyClass);
            if (residue === undefined) {
                residue = this.residue(place, principal);
                residues.set(policyClass, residue);
            }
            let plan = plans.get(registry.host);
            if (plan === undefined) {
                plan = this.plan(principal, registry, otherSide);
                plans.set(registry.host, plan);
            }
            // A principal of another account needs a grant in a policy of this account.
            if (account !== registry.account && !residue.mayAllow && !plan.registryMayAllow)
                continue;
            const key = `${registry.host}\n${residue.key}\n${this.resourceKey(plan, place, index)}`;
            const answer = decideOnce(key, () => repositoryAnswer(this.evaluator, principal, target, otherSide));
            if (answer !== undefined)
                yield { repository: repository.arn, principal: arn, kind, answer };
        }
        for (const { facts, target } of this.registries) {
            const answer = decideOnce(`registry ${facts.host}`, () => registryAnswer(this.evaluator, principal, target, otherSide));
            if (answer !== undefined)
                yield { repository: facts.host, principal: arn, kind, answer };
        }
    }
    /**
     * The parts of a repository that decisions for a principal can depend on, in addition to the repository's own policy.
     */
    plan(principal, registry, otherSide) {
        const { identity, boundary } = this.evaluator.policiesOf(principal);
        const registryDocument = this.registryDocuments.get(registry.host);
        const documents = [registryDocument];
        if (otherSide) {
            documents.push(...identity.map(({ document }) => document), boundary?.document);
            const levels = this.evaluator.levelsOf('scp', principal.account ?? '');
            documents.push(...levels.flatMap(({ policies }) => policies.map(({ document }) => document)));
        }
        const limits = this.evaluator.levelsOf('rcp', registry.account);
        documents.push(...limits.flatMap(({ policies }) => policies.map(({ document }) => document)));
        const patterns = new Map();
        const tags = new Set();
        for (const document of documents) {
            if (document === undefined)
                continue;
            const profile = this.profile(document);
            for (const [pattern, variables] of profile.patterns) {
                patterns.set(pattern, variables || patterns.get(pattern) === true);
            }
            for (const name of profile.tags)
                tags.add(name);
        }
        const columns = [];
        for (const [pattern, variables] of patterns) {
            const column = this.column(pattern, variables);
            if (column.some((truth) => truth !== column[0]) || column[0] === DEPENDS)
                columns.push(column);
        }
        const registryMayAllow = registryDocument !== undefined &&
            (!registryDocument.readable ||
                registryDocument.statements.some((statement) => !statement.readable || (statement.effect === 'Allow' && whom(statement, principal).length > 0)));
        return { columns, tags, registryMayAllow };
    }
    resourceKey({ columns, tags }, { repository }, index) {
        let key = '';
        let own = false;
        for (const column of columns) {
            const truth = column[index] ?? 0;
            key += truth;
            own ||= truth === DEPENDS;
        }
        if (own)
            key += repository.arn;
        return tags.size === 0 ? key : `${key}\n${tagKey(repository, tags)}`;
    }
    /** How a value of a Resource element matches each repository. */
    column(pattern, variables) {
        const key = `${variables} ${pattern}`;
        let column = this.bits.get(key);
        if (column === undefined) {
            const dynamic = variables && variables_hasVariables(pattern);
            // With wildcards instead of its variables, the pattern matches at least what it matches with their values.
            const widest = dynamic ? pattern.replace(/\$\{[^}]*\}?/g, '*') : pattern;
            column = Uint8Array.from(this.placed, ({ repository }) => {
                const match = matchResource(widest, { arn: repository.arn }, 'identity', undefined);
                if (match === 'nothing' || match.truth === 'no')
                    return 0;
                return dynamic ? DEPENDS : match.truth === 'yes' ? 1 : 2;
            });
            this.bits.set(key, column);
        }
        return column;
    }
    profile(document) {
        let profile = this.profiles.get(document);
        if (profile === undefined) {
            profile = profileOf(document);
            this.profiles.set(document, profile);
        }
        return profile;
    }
    residue({ document, target }, principal) {
        if (document === undefined)
            return { key: '', mayAllow: false };
        if (!document.readable)
            return { key: document.reason, mayAllow: true };
        const context = contextOf(principal, target);
        let key = '';
        let mayAllow = false;
        for (const statement of document.statements) {
            if (!statement.readable) {
                key += `${statement.sid} ${statement.effect} ${statement.reason}\n`;
                mayAllow ||= statement.effect !== 'Deny';
                continue;
            }
            const who = whom(statement, principal);
            if (who.length === 0)
                continue;
            const { resources, conditions } = statement;
            const about = matchResources(resources, target.name, 'repository', document.variables, context);
            const holds = holdAll(conditions, context, document.variables);
            if (about.truth === 'no' || holds.truth === 'no')
                continue;
            mayAllow ||= statement.effect === 'Allow';
            key += `${this.shape(statement, document)} ${who.map(({ naming, match }) => `${naming} ${outcome(match)}`)} ${outcome(about)} ${outcome(holds)}\n`;
        }
        return { key, mayAllow };
    }
    /** A number for everything in a statement except its principals and conditions. */
    shape(statement, { variables }) {
        let shape = this.shapeOf.get(statement);
        if (shape === undefined) {
            const { sid, effect, actions, resources, principals } = statement;
            const key = JSON.stringify([
                variables,
                sid,
                effect,
                actions,
                resources,
                principals?.except,
                isLimitedByArn(statement),
            ]);
            shape = this.shapes.get(key) ?? this.shapes.size;
            this.shapes.set(key, shape);
            this.shapeOf.set(statement, shape);
        }
        return shape;
    }
}
/** The value of a policy variable decides whether the pattern matches. */
const DEPENDS = 3;
function outcome({ truth, conditions, reasons }) {
    return conditions.length + reasons.length === 0 ? truth : JSON.stringify([truth, conditions, reasons]);
}
/**
 * Only statements about the actions that are decided here count. Tags in the names of resources need no entry: if a
 * policy variable is part of a name, the whole ARN is part of the key.
 */
function profileOf(document) {
    const patterns = new Map();
    const tags = new Set();
    if (!document.readable)
        return { patterns, tags };
    const statements = new Set(REPOSITORY_ACTIONS.flatMap((action) => statementsFor(document, action)));
    for (const statement of statements) {
        if (!statement.readable)
            continue;
        for (const pattern of statement.resources?.patterns ?? []) {
            patterns.set(pattern, document.variables);
        }
        for (const { key, values } of statement.conditions) {
            const name = resourceTagOf(key);
            if (name !== undefined)
                tags.add(name);
            for (const value of values)
                addVariables(value, tags);
        }
    }
    return { patterns, tags };
}
function addVariables(text, tags) {
    if (!variables_hasVariables(text))
        return;
    for (const [, inside = ''] of text.matchAll(/\$\{([^,}]*)/g)) {
        const name = resourceTagOf(inside.trim());
        if (name !== undefined)
            tags.add(name);
    }
}
function tagKey({ tags }, names) {
    if (names.size === 0)
        return '';
    if ('unknown' in tags)
        return `unknown ${tags.unknown}`;
    return JSON.stringify(Object.entries(tags.known).filter(([name]) => names.has(lowerCase(name))));
}

// EXTERNAL MODULE: ../node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(37728);
// EXTERNAL MODULE: ./policy/fields.js
var fields = __webpack_require__(77459);
// EXTERNAL MODULE: ./policy/globs.js
var policy_globs = __webpack_require__(37679);
// EXTERNAL MODULE: ./policy/schema.js
var schema = __webpack_require__(73761);
// EXTERNAL MODULE: ./policy/source.js
var policy_source = __webpack_require__(95263);
// EXTERNAL MODULE: ./policy/yaml.js
var yaml = __webpack_require__(44281);
;// CONCATENATED MODULE: ./audit/expectations.js
/** The audit policy: its schema, and the expectations for each repository. It is not the gate's policy. */







const PRODUCTION_TAGS = ['prod-*', 'release-*', 'v*'];
const KEEP = 10;
/** The expectations without an audit policy. */
const NO_EXPECTATIONS = {
    organization: undefined,
    accounts: new Map(),
    administrators: [],
    unknown: 'warn',
    entries: [],
    rules: [],
};
// Limits, because each entry and each rule is compared with each repository or result.
const MAX_ENTRIES = 500;
const MAX_RULES = 500;
const MAX_VALUES = 5_000;
const ACCOUNT_MESSAGE = 'expected the id of an account: 12 digits, in quotes';
const account = dist/* pipe */.FsL(dist/* string */.YjP(ACCOUNT_MESSAGE), dist/* regex */.yGV(/^\d{12}$/, ACCOUNT_MESSAGE), dist/* metadata */.yuE({ [schema/* FIXED_FORMAT */.fv]: true }));
const accountList = (description) => dist/* pipe */.FsL(dist/* array */.YOg(account, 'expected a list of account ids'), dist/* description */.h_(description), dist/* examples */.K1K([['123456789012']]));
const principals = (description, example) => dist/* pipe */.FsL(dist/* union */.KCZ([fields/* globText */.E1, dist/* array */.YOg(fields/* globText */.E1)], 'expected a glob over principals, or a list of globs'), dist/* description */.h_(description), dist/* examples */.K1K([[example]]), dist/* transform */.pdi((value) => (typeof value === 'string' ? [value] : [...new Set(value)])));
const TAGS_MESSAGE = 'expected a pattern of tags: letters, digits, ".", "_", "-", and at most four "*" for any characters';
const tagPattern = dist/* pipe */.FsL(dist/* string */.YjP(TAGS_MESSAGE), dist/* maxLength */.Ru6(256, 'expected a pattern of at most 256 characters'), dist/* regex */.yGV(/^(?=[A-Za-z0-9_.*{}-]+$)[^*]*(?:\*[^*]*){0,4}$/, TAGS_MESSAGE));
const entry = dist/* strictObject */.rej({
    match: dist/* pipe */.FsL(dist/* union */.KCZ([fields/* globText */.E1, dist/* pipe */.FsL(dist/* array */.YOg(fields/* globText */.E1), dist/* nonEmpty */.hq('expected at least one glob'))], 'expected a glob over repository names, or a list of globs'), dist/* description */.h_('Globs over repository names. {name} is one segment of the path, which the values of the entry can use.'), (0,fields/* exampleAsWritten */.Uf)(['{team}/{app}']), dist/* transform */.pdi((value) => (typeof value === 'string' ? [value] : value))),
    accounts: dist/* optional */.lqM(accountList('Only in the registries of these accounts. Default: all accounts.')),
    'production-tags': dist/* optional */.lqM(dist/* pipe */.FsL(dist/* array */.YOg(tagPattern, 'expected a list of patterns'), dist/* nonEmpty */.hq('expected at least one pattern'), dist/* description */.h_(`Patterns of production tags. Default: ${PRODUCTION_TAGS.join(', ')}.`), dist/* examples */.K1K([PRODUCTION_TAGS]))),
    keep: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* number */.aig('expected a whole number, 1 or more'), dist/* safeInteger */.Y2b('expected a whole number, 1 or more'), dist/* minValue */.Wwf(1, 'expected a whole number, 1 or more'), dist/* description */.h_(`The number of newest production images that no rule may expire. Default: ${KEEP}.`), dist/* examples */.K1K([KEEP]))),
    push: dist/* optional */.lqM(principals('Principals that may push and retag.', 'arn:aws:iam::123456789012:role/ci-{team}-{app}')),
    pull: dist/* optional */.lqM(principals('Principals that may pull, in addition to those in push.', 'arn:aws:iam::*:role/*-task-exec')),
    administer: dist/* optional */.lqM(principals('Principals that may delete, and change policies and settings.', 'arn:aws:iam::123456789012:role/platform-*')),
    'pull-accounts': dist/* optional */.lqM(accountList('Other accounts that may pull. Default: the keys of accounts.')),
    signed: dist/* optional */.lqM((0,fields/* flag */.Jt)('true: images that run must have a signature.')),
    'customer-key': dist/* optional */.lqM((0,fields/* flag */.Jt)('true: the repository must be encrypted with a customer managed key.')),
});
const rule = dist/* strictObject */.rej({
    check: dist/* pipe */.FsL(fields/* globText */.E1, dist/* description */.h_('Glob over the ids of checks.'), dist/* examples */.K1K(['tags/*'])),
    resource: dist/* optional */.lqM(dist/* pipe */.FsL(fields/* globText */.E1, dist/* description */.h_('Glob over resources. Default: all resources.'), dist/* examples */.K1K(['**/sandbox/**']))),
    action: (0,fields/* choice */.Yq)(['ignore', ...SEVERITIES], 'Ignore the failed and unknown results, or give them this severity.', 'ignore'),
    reason: (0,fields/* text */.Qq)('Why.', 'nothing is deployed from there'),
    expires: dist/* optional */.lqM((0,fields/* day */.vd)('The last day on which the rule applies, in UTC.', '2027-06-30')),
});
const ORGANIZATION_MESSAGE = 'expected the id of an organization, such as o-a1b2c3d4e5';
/** The schema of an audit policy. `npm run schema` generates the JSON Schema for editors from it. */
const auditPolicySchema = dist/* pipe */.FsL(dist/* strictObject */.rej({
    version: fields/* version */.rE,
    organization: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* string */.YjP(ORGANIZATION_MESSAGE), dist/* regex */.yGV(/^o-[a-z0-9]{4,32}$/, ORGANIZATION_MESSAGE), dist/* metadata */.yuE({ [schema/* FIXED_FORMAT */.fv]: true }), dist/* description */.h_('The organization of the audited accounts. It decides conditions on aws:PrincipalOrgID.'), dist/* examples */.K1K(['o-a1b2c3d4e5']))),
    accounts: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* record */.g1P(account, (0,fields/* text */.Qq)('The name of the account.', 'production')), dist/* description */.h_('Known accounts, with their names.'), (0,fields/* exampleAsWritten */.Uf)({ '987654321098': 'production' }))),
    administrators: dist/* optional */.lqM(principals('Principals that may have every ability on every repository and registry.', 'arn:aws:iam::*:role/break-glass')),
    unknown: dist/* optional */.lqM((0,fields/* choice */.Yq)(['warn', 'block'], 'The verdict of a run with unknown results of at least fail-on.', 'warn')),
    repositories: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* array */.YOg(entry, 'expected a list of entries'), dist/* description */.h_('In order. For each key, the first matching entry that has the key decides.'), (0,fields/* exampleAsWritten */.Uf)([
        { match: ['{team}/{app}'], push: ['arn:aws:iam::123456789012:role/ci-{team}-{app}'] },
    ]))),
    checks: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* array */.YOg(rule, 'expected a list of rules'), dist/* description */.h_('In order. The first rule that matches a result decides.'), (0,fields/* exampleAsWritten */.Uf)([{ check: 'tags/*', action: 'ignore', reason: 'nothing is deployed from there' }]))),
}), dist/* title */.DDF('ECR audit policy'), dist/* description */.h_('The expectations for the repositories of registries, and the results of checks that do not count.'));
const WITH_PLACEHOLDERS = ['production-tags', 'push', 'pull', 'administer'];
/**
 * Reads an audit policy.
 * @throws GateError `input` with file, line, column, the path in the document and an example
 */
function parseAuditPolicy(bytes, file) {
    const source = (0,yaml/* parseYaml */.h)(bytes, file, (0,schema/* vocabularyOf */.YB)(auditPolicySchema));
    const written = (0,schema/* validate */.tf)(auditPolicySchema, source);
    const { repositories = [], checks = [] } = written;
    checkSize(repositories, checks.length, source);
    for (const [index, one] of repositories.entries())
        checkPlaceholders(one, index, source);
    return {
        organization: written.organization,
        accounts: new Map(Object.entries(written.accounts ?? {})),
        administrators: written.administrators ?? [],
        unknown: written.unknown ?? NO_EXPECTATIONS.unknown,
        entries: repositories.map((one) => ({
            match: one.match,
            accounts: one.accounts,
            productionTags: one['production-tags'],
            keep: one.keep,
            push: one.push,
            pull: one.pull,
            administer: one.administer,
            pullAccounts: one['pull-accounts'],
            signed: one.signed,
            customerKey: one['customer-key'],
        })),
        rules: checks.map((one, index) => toRule(one, index, source)),
    };
}
function checkSize(repositories, rules, source) {
    const atMost = (path, most, what, got) => {
        if (got > most)
            throw (0,policy_source/* tooManyAt */.FB)(source, path, { most, what, got });
    };
    atMost(['repositories'], MAX_ENTRIES, 'entries', repositories.length);
    atMost(['checks'], MAX_RULES, 'rules', rules);
    const values = repositories.flatMap((one) => [
        one.match.length,
        ...WITH_PLACEHOLDERS.map((key) => one[key]?.length ?? 0),
    ]);
    const sum = values.reduce((all, count) => all + count, 0);
    atMost(['repositories'], MAX_VALUES, 'globs in all entries', sum);
}
/** Checks where a `{name}` may be, which no schema of a single value can express. */
function checkPlaceholders(one, index, source) {
    const fail = (0,schema/* failer */.gw)(auditPolicySchema, source);
    const matches = Array.isArray(one.match) ? one.match : [one.match];
    const named = matches.map((glob) => {
        const names = placeholdersIn(glob);
        const segments = glob.split('/');
        const whole = segments.filter((segment) => PLACEHOLDER.test(segment));
        if (names.length !== whole.length || new Set(names).size !== names.length) {
            const what = 'expected each {name} once, as a whole segment of the path';
            throw fail(['repositories', index, 'match'], what);
        }
        // Segments are compared one by one, so braces cannot contain a slash.
        if (names.length > 0 && segments.some((segment) => !hasWholeBraces(segment))) {
            throw fail(['repositories', index, 'match'], 'expected no slash within braces or brackets if the glob contains a {name}');
        }
        return names;
    });
    for (const key of WITH_PLACEHOLDERS) {
        for (const value of one[key] ?? []) {
            for (const name of placeholdersIn(value)) {
                if (named.every((names) => names.includes(name)))
                    continue;
                const what = `expected only a {name} that each glob of match has, got {${name}}`;
                throw fail(['repositories', index, key], what);
            }
            if (key === 'production-tags' && /[{}]/.test(value.replace(PLACEHOLDERS, ''))) {
                throw fail(['repositories', index, key], TAGS_MESSAGE);
            }
        }
    }
}
function hasWholeBraces(segment) {
    const count = (character) => segment.split(character).length;
    return count('{') === count('}') && count('[') === count(']');
}
const PLACEHOLDER = /^\{([A-Za-z][A-Za-z0-9_-]*)\}$/;
const PLACEHOLDERS = /\{([A-Za-z][A-Za-z0-9_-]*)\}/g;
function placeholdersIn(text) {
    return [...text.matchAll(PLACEHOLDERS)].map(([, name = '']) => name);
}
function toRule(one, index, source) {
    const end = one.expires === undefined ? undefined : (0,fields/* endOfDay */.D0)(one.expires);
    if (one.expires !== undefined && end === undefined) {
        throw (0,schema/* failer */.gw)(auditPolicySchema, source)(['checks', index, 'expires'], `${fields/* DAY_MESSAGE */.Vq}, got ${one.expires}`);
    }
    return {
        source: `${source.file}:${source.locate(['checks', index]).line}`,
        check: one.check,
        resource: one.resource,
        action: one.action,
        reason: one.reason,
        expires: one.expires,
        end,
    };
}
/** The expectations of a policy for a repository in the registry of an account. */
function expectationsFor({ entries, accounts }, repository) {
    const matching = [];
    for (const one of entries) {
        if (one.accounts !== undefined && !one.accounts.includes(repository.account))
            continue;
        for (const glob of one.match) {
            const segments = segmentsOf(glob, repository.name);
            if (segments === undefined)
                continue;
            matching.push({ entry: one, segments });
            break;
        }
    }
    const first = (key) => matching.find(({ entry }) => entry[key] !== undefined);
    const list = (key) => {
        const found = first(key);
        const values = found?.entry[key];
        if (found === undefined || values === undefined)
            return undefined;
        // All repositories share the same list if there is nothing to fill in.
        const own = values.map((value) => filled(value, found.segments));
        return own.every((value, at) => value === values[at]) ? values : own;
    };
    return {
        productionTags: list('productionTags') ?? PRODUCTION_TAGS,
        keep: first('keep')?.entry.keep ?? KEEP,
        push: list('push'),
        pull: list('pull'),
        administer: list('administer'),
        pullAccounts: first('pullAccounts')?.entry.pullAccounts ?? [...accounts.keys()],
        signed: first('signed')?.entry.signed ?? false,
        customerKey: first('customerKey')?.entry.customerKey ?? false,
    };
}
const NO_SEGMENTS = new Map();
/**
 * The values of the placeholders of a glob for a name that it matches; undefined if it does not match. `**` matches as
 * few segments as possible.
 */
function segmentsOf(glob, name) {
    const patterns = glob.split('/');
    if (!patterns.some((pattern) => PLACEHOLDER.test(pattern))) {
        return (0,policy_globs/* matchesGlob */.kt)(glob, name) ? NO_SEGMENTS : undefined;
    }
    const parts = name.split('/');
    // Keyed by the number of patterns and parts that are left, so that a failed combination is not tried again.
    const failed = new Set();
    const walk = (at, from) => {
        const key = at * (parts.length + 1) + from;
        if (failed.has(key))
            return undefined;
        const found = step(at, from);
        if (found === undefined)
            failed.add(key);
        return found;
    };
    const step = (at, from) => {
        const pattern = patterns[at];
        const part = parts[from];
        if (pattern === undefined)
            return part === undefined ? NO_SEGMENTS : undefined;
        if (pattern === '**')
            return walk(at + 1, from) ?? (part === undefined ? undefined : walk(at, from + 1));
        if (part === undefined)
            return undefined;
        const placeholder = PLACEHOLDER.exec(pattern)?.[1];
        if (placeholder === undefined && !(0,policy_globs/* matchesGlob */.kt)(pattern, part))
            return undefined;
        const rest = walk(at + 1, from + 1);
        return rest === undefined || placeholder === undefined ? rest : new Map([...rest, [placeholder, part]]);
    };
    return walk(0, 0);
}
/** A value with its placeholders filled in. Characters that a name should not have are not read as parts of a glob. */
function filled(value, segments) {
    return value.replace(PLACEHOLDERS, (whole, name) => (segments.get(name) ?? whole).replace(/[^A-Za-z0-9._-]/g, '\uffff'));
}
/** Whether a principal matches lists of globs. */
function isExpected(principal, ...globs) {
    return globs.some((list) => {
        if (list === undefined)
            return false;
        const { literals, patterns, found } = sorted(list);
        if (literals.has(principal))
            return true;
        if (patterns.length === 0)
            return false;
        let matches = found.get(principal);
        if (matches === undefined) {
            matches = (0,policy_globs/* matchesAny */._I)(patterns, principal);
            found.set(principal, matches);
        }
        return matches;
    });
}
const lists = new WeakMap();
/** Most globs over principals have no wildcard and can be looked up, which takes less time. */
function sorted(list) {
    let found = lists.get(list);
    if (found === undefined) {
        const isPattern = (glob) => /[*?[{]/.test(glob);
        found = {
            literals: new Set(list.filter((glob) => !isPattern(glob))),
            patterns: list.filter(isPattern),
            found: new Map(),
        };
        lists.set(list, found);
    }
    return found;
}

;// CONCATENATED MODULE: ./audit/access/steps.js
/**
 * The single steps by which a principal gets access that it does not have: it becomes another principal, or changes
 * what it or another principal may do.
 */



/**
 * The services that run code with a role that is passed to them. A passed role can also replace an existing one: RunTask and
 * StartTask (`overrides.taskRoleArn`) and StartBuild (`serviceRoleOverride`) accept one with the command or build that they
 * run (service models of ECS, Lambda and CodeBuild).
 */
const steps_SERVICES = [
    {
        service: 'lambda.amazonaws.com',
        prefix: 'lambda',
        ways: [
            {
                needs: [
                    ['lambda:CreateFunction'],
                    ['lambda:InvokeFunction', 'lambda:CreateEventSourceMapping', 'lambda:AddPermission'],
                ],
            },
            {
                needs: [['lambda:UpdateFunctionConfiguration'], ['lambda:UpdateFunctionCode']],
                provided: 'a function that is there is called',
            },
        ],
    },
    {
        service: 'ecs-tasks.amazonaws.com',
        prefix: 'ecs',
        ways: [
            {
                needs: [
                    ['ecs:RegisterTaskDefinition'],
                    ['ecs:RunTask', 'ecs:StartTask', 'ecs:CreateService', 'ecs:UpdateService', 'ecs:CreateTaskSet'],
                ],
            },
            { needs: [['ecs:RunTask', 'ecs:StartTask']], provided: 'there is a task definition' },
            {
                needs: [['ecs:CreateExpressGatewayService', 'ecs:UpdateExpressGatewayService']],
                provided: 'it passes the other roles of the service, too',
            },
        ],
    },
    { service: 'ec2.amazonaws.com', prefix: 'ec2', ways: [{ needs: [['ec2:RunInstances']] }] },
    // Its name in the partition aws-cn.
    { service: 'ec2.amazonaws.com.cn', prefix: 'ec2', ways: [{ needs: [['ec2:RunInstances']] }] },
    {
        service: 'codebuild.amazonaws.com',
        prefix: 'codebuild',
        ways: [
            {
                needs: [
                    ['codebuild:CreateProject', 'codebuild:UpdateProject'],
                    ['codebuild:StartBuild', 'codebuild:StartBuildBatch'],
                ],
            },
            { needs: [['codebuild:StartBuild', 'codebuild:StartBuildBatch']], provided: 'there is a project' },
        ],
    },
];
const OLDER_VERSION = 'an older version of the policy allows more';
/** Decides the steps of principals on each other; each decision is made once. */
class Steps {
    evaluator;
    accounts;
    groups;
    roles;
    users;
    trusting;
    powers = new WeakMap();
    written = new WeakMap();
    passing = new Map();
    constructor(evaluator, accounts, groups) {
        this.evaluator = evaluator;
        this.accounts = accounts;
        this.groups = groups;
        const principals = accounts.flatMap((account) => 'known' in account.principals ? account.principals.known : []);
        this.roles = principals.filter(({ kind }) => kind === 'role');
        this.users = principals.filter(({ kind }) => kind === 'user');
        this.trusting = new Trusting(this.roles, evaluator);
    }
    /**
     * Whether an Allow in a principal's own policies mentions an action. If not, no decision is needed, because resource
     * policies cannot grant IAM actions.
     */
    mayEver(principal, action) {
        let powers = this.powers.get(principal);
        if (powers === undefined) {
            const documents = this.evaluator.policiesOf(principal).identity.map(({ document }) => document);
            powers = new Set(DECIDED.filter((one) => documents.some((document) => mentions(document, one))));
            this.powers.set(principal, powers);
        }
        return powers.has(action);
    }
    /** Whether it can change any policy or trust policy, so that pairs of principals have to be checked. */
    isWriter(principal) {
        return WRITES.some((action) => this.mayEver(principal, action));
    }
    /** How a principal becomes another one. */
    entries(principal) {
        const found = [];
        const add = (to, step) => {
            if (step !== undefined)
                found.push({ step, to });
        };
        for (const role of this.trusting.candidates(principal, this.mayEver(principal, 'sts:AssumeRole'))) {
            if (role !== principal)
                add(role, this.assume(principal, role));
        }
        if (this.mayEver(principal, 'iam:UpdateAssumeRolePolicy')) {
            for (const role of this.roles) {
                if (role !== principal)
                    add(role, this.change('iam:UpdateAssumeRolePolicy', principal, role, role.arn));
            }
        }
        if (this.mayEver(principal, 'iam:CreateAccessKey')) {
            for (const user of this.users) {
                if (user.arn !== principal.arn)
                    add(user, this.change('iam:CreateAccessKey', principal, user, user.arn));
            }
        }
        if (this.mayEver(principal, 'iam:PassRole')) {
            for (const role of this.roles) {
                if (role !== principal)
                    for (const step of this.pass(principal, role))
                        add(role, step);
            }
        }
        return found;
    }
    /** How a principal can give another principal, or itself, every permission. */
    writes(by, to) {
        if (!this.isWriter(by) || by.account !== to.account)
            return [];
        let known = this.written.get(by);
        if (known === undefined) {
            known = new Map();
            this.written.set(by, known);
        }
        let steps = known.get(to);
        if (steps === undefined) {
            steps = this.decideWrites(by, to);
            known.set(to, steps);
        }
        return steps;
    }
    decideWrites(by, to) {
        const [put, attach] = to.kind === 'user'
            ? ['iam:PutUserPolicy', 'iam:AttachUserPolicy']
            : ['iam:PutRolePolicy', 'iam:AttachRolePolicy'];
        const found = [
            put && this.change(put, by, to, to.arn),
            attach && this.change(attach, by, to, to.arn),
        ];
        for (const policy of to.managedPolicies) {
            // AWS managed policies cannot be changed.
            if (!policy.includes(`:iam::${to.account}:policy/`))
                continue;
            found.push(this.change('iam:CreatePolicyVersion', by, to, policy));
            const older = this.change('iam:SetDefaultPolicyVersion', by, to, policy);
            found.push(older && { ...older, decision: onCondition(older.decision, OLDER_VERSION) });
        }
        return found.filter((step) => step !== undefined);
    }
    /** The groups to which a principal can add a user, and the user with the permissions of the group. */
    joins(by, user) {
        if (user.kind !== 'user' || by.account !== user.account || !this.mayEver(by, 'iam:AddUserToGroup'))
            return [];
        return this.groups.flatMap((group) => {
            if (group.account !== user.account)
                return [];
            const decision = this.decideIam('iam:AddUserToGroup', by, group.arn, user, {});
            if (decision.verdict === 'denied')
                return [];
            const step = {
                action: 'iam:AddUserToGroup',
                by: by.arn,
                on: group.arn,
                gives: user.arn,
                service: undefined,
                decision,
            };
            return [{ step, to: withPolicies(user, group.policies) }];
        });
    }
    assume(by, role) {
        const question = { action: 'sts:AssumeRole', principal: by, target: roleTarget(role) };
        const decision = this.evaluator.decide(question, true);
        return stepOf('sts:AssumeRole', by, role.arn, role.arn, decision);
    }
    /** A change of a role, a user or a policy, which is only possible from its own account. */
    change(action, by, to, on) {
        if (by.account !== to.account || isServiceLinked(to) || !this.mayEver(by, action))
            return undefined;
        return stepOf(action, by, on, to.arn, this.decideIam(action, by, on, to, {}));
    }
    decideIam(action, principal, arn, { account, tags, organization }, keys) {
        const target = {
            name: { arn },
            account: account ?? '',
            region: undefined,
            tags,
            organization,
            policies: [],
            resourcePolicyDecides: false,
        };
        return this.evaluator.decide({ action, principal, target, keys });
    }
    pass(by, role) {
        if (by.account !== role.account || isServiceLinked(role))
            return [];
        return steps_SERVICES.flatMap(({ service, prefix, ways }) => {
            if (!this.trusting.trustsService(role, service))
                return [];
            const runs = this.runs(by, service, prefix, ways);
            if (runs.verdict === 'denied')
                return [];
            const passes = this.decideIam('iam:PassRole', by, role.arn, role, { 'iam:passedtoservice': [service] });
            const trusts = this.evaluator.decide({
                action: 'sts:AssumeRole',
                principal: serviceFacts(service),
                target: roleTarget(role),
            });
            const step = stepOf('iam:PassRole', by, role.arn, role.arn, allNeeded([passes, runs, trusts]));
            return step === undefined ? [] : [{ ...step, service }];
        });
    }
    /** Whether a principal can run code with a service, on any resource that it chooses. */
    runs(by, service, prefix, ways) {
        let known = this.passing.get(by);
        if (known === undefined) {
            known = new Map();
            this.passing.set(by, known);
        }
        let decision = known.get(service);
        if (decision === undefined) {
            const partition = this.accounts.find(({ id }) => id === by.account)?.partition ?? 'aws';
            const target = {
                name: { any: glob(`arn:${partition}:${prefix}:*:${by.account}:*`) },
                account: by.account ?? '',
                region: undefined,
                tags: { unknown: `the tags of resources of ${service}` },
                organization: by.organization,
                policies: [],
                resourcePolicyDecides: false,
            };
            const decide = (action) => this.evaluator.decide({ action, principal: by, target });
            decision = oneNeeded(ways.map(({ needs, provided }) => {
                const able = allNeeded(needs.map((actions) => oneNeeded(actions.map(decide))));
                return provided === undefined ? able : onCondition(able, provided);
            }));
            known.set(service, decision);
        }
        return decision;
    }
}
const WRITES = [
    'iam:PutRolePolicy',
    'iam:AttachRolePolicy',
    'iam:PutUserPolicy',
    'iam:AttachUserPolicy',
    'iam:CreatePolicyVersion',
    'iam:SetDefaultPolicyVersion',
    'iam:AddUserToGroup',
];
const DECIDED = [
    ...WRITES,
    'sts:AssumeRole',
    'iam:UpdateAssumeRolePolicy',
    'iam:CreateAccessKey',
    'iam:PassRole',
];
function mentions(document, action) {
    return !document.readable || statementsFor(document, action).some(({ effect }) => effect !== 'Deny');
}
function stepOf(action, by, on, gives, decision) {
    return decision.verdict === 'denied'
        ? undefined
        : { action, by: by.arn, on, gives, service: undefined, decision };
}
function onCondition(decision, condition) {
    return {
        ...decision,
        verdict: decision.verdict === 'allowed' ? 'conditional' : decision.verdict,
        conditions: [...decision.conditions, condition],
    };
}
/** "You cannot edit or delete a service-linked role": no principal can pass one or change its permissions. */
function isServiceLinked({ arn }) {
    return arn.includes(':role/aws-service-role/');
}
/** The role as the target of sts:AssumeRole, which its trust policy decides. */
function roleTarget({ arn, account, tags, organization, trust }) {
    const text = 'unknown' in trust ? trust : trust.known === undefined ? undefined : { known: trust.known };
    return {
        name: { arn },
        account: account ?? '',
        region: undefined,
        tags,
        organization,
        policies: text === undefined ? [] : [{ source: 'trust', name: `trust policy of ${arn}`, text }],
        resourcePolicyDecides: true,
    };
}
function serviceFacts(service) {
    const unread = { unknown: 'services have none' };
    return {
        arn: `service:${service}`,
        kind: 'service',
        account: undefined,
        id: undefined,
        tags: unread,
        organization: unread,
        policies: unread,
        managedPolicies: [],
        boundary: unread,
        trust: unread,
    };
}
/** The principal with further policies. */
function withPolicies(principal, more) {
    const { policies } = principal;
    if ('unknown' in policies)
        return principal;
    return { ...principal, policies: 'unknown' in more ? more : { known: [...policies.known, ...more.known] } };
}
/** Which roles trust which principals, so that not every pair has to be decided. */
class Trusting {
    byArn = new Map();
    byAccount = new Map();
    services = new Map();
    /** Roles that trust everyone, or whose trust could not be read. */
    anyone = new Set();
    constructor(roles, evaluator) {
        for (const role of roles)
            this.add(role, evaluator);
    }
    add(role, evaluator) {
        const { trust } = role;
        if ('known' in trust && trust.known === undefined)
            return;
        const document = evaluator.document('unknown' in trust ? trust : { known: trust.known ?? '' }, 'trust');
        const services = new Set();
        this.services.set(role, services);
        if (!document.readable) {
            this.anyone.add(role);
            return;
        }
        const [arns, accounts] = [new Set(), new Set()];
        let anyone = false;
        for (const statement of statementsFor(document, 'sts:AssumeRole')) {
            if (statement.effect === 'Deny')
                continue;
            if (!statement.readable || statement.principals?.except !== false) {
                anyone = true;
                continue;
            }
            for (const entry of statement.principals.entries) {
                if (entry.type === 'role' || entry.type === 'user')
                    arns.add(entry.arn);
                else if (entry.type === 'session')
                    arns.add(`${entry.account} ${entry.role}`);
                else if (entry.type === 'id')
                    arns.add(entry.id);
                else if (entry.type === 'account' || entry.type === 'federated-user')
                    accounts.add(entry.account);
                else if (entry.type === 'service')
                    services.add(entry.name);
                else if (entry.type !== 'federated' && entry.type !== 'canonical')
                    anyone = true;
            }
        }
        if (anyone) {
            this.anyone.add(role);
            return;
        }
        for (const arn of arns)
            append(this.byArn, arn, role);
        for (const account of accounts)
            append(this.byAccount, account, role);
    }
    /** Whether a role may trust a service. */
    trustsService(role, service) {
        const services = this.services.get(role);
        return services !== undefined && (services.has(service) || services.has('*') || this.anyone.has(role));
    }
    /** The roles that may trust a principal. @param mayAssume whether its own policies may allow it to assume roles */
    candidates({ arn, account, id }, mayAssume) {
        const session = `${account} ${arn.slice(arn.lastIndexOf('/') + 1)}`;
        return new Set([
            ...(this.byArn.get(arn) ?? []),
            ...(this.byArn.get(session) ?? []),
            ...(this.byArn.get(id ?? '') ?? []),
            ...(mayAssume ? (this.byAccount.get(account ?? '') ?? []) : []),
            ...this.anyone,
        ]);
    }
}
function append(map, key, role) {
    const list = map.get(key);
    if (list === undefined)
        map.set(key, [role]);
    else
        list.push(role);
}

;// CONCATENATED MODULE: ./audit/access/escalation.js


const NONE = { verdict: 'denied', repository: '' };
const CERTAINTY = ['allowed', 'conditional', 'unknown'];
const ABILITIES = {
    push: ['push', 'retag'],
    administer: ['administer', 'delete'],
};
/** The most steps that are examined for one principal. Then the search ends without an answer. */
const escalation_MOST_STEPS = 300_000;
/** Searches, for each source and ability, the shortest path to access that the source does not have itself. */
function escalations(facts, evaluator) {
    return new Search(facts, evaluator).all();
}
class Search {
    facts;
    steps;
    grouping;
    principals;
    read;
    held = new Map();
    edges = new Map();
    gained = new Map();
    joined = new Map();
    constructor(facts, evaluator) {
        this.facts = facts;
        const { accounts } = facts.access;
        this.steps = new Steps(evaluator, accounts, facts.groups);
        this.grouping = new Grouping(facts.access, evaluator);
        this.principals = accounts.flatMap((account) => 'known' in account.principals ? account.principals.known : []);
        this.read = new Set(this.principals);
        for (const row of facts.rows) {
            this.held.set(row.principal, better(this.held.get(row.principal), row));
        }
    }
    all() {
        const found = [];
        const unknown = [];
        const near = CERTAINTY.map((_, index) => this.nearAGoal(CERTAINTY.slice(0, index + 1)));
        for (const principal of this.principals) {
            if (!this.facts.sources.has(principal.arn))
                continue;
            for (const ability of ['push', 'administer']) {
                const own = this.held.get(principal.arn)?.[ability].verdict ?? 'denied';
                if (own === 'allowed' || own === 'conditional')
                    continue;
                let gaveUp = false;
                for (const [index] of CERTAINTY.entries()) {
                    if (near[index]?.has(principal) !== true)
                        continue;
                    const way = this.shortest(principal, ability, CERTAINTY.slice(0, index + 1));
                    if (way === 'too many') {
                        gaveUp = true;
                        continue;
                    }
                    if (way === undefined)
                        continue;
                    gaveUp = false;
                    found.push(escalationOf(principal, ability, way));
                    break;
                }
                if (gaveUp) {
                    unknown.push({
                        principal: principal.arn,
                        reason: `more than ${escalation_MOST_STEPS} steps lead from it to ${ability}`,
                    });
                }
            }
        }
        return { found, unknown };
    }
    /** The principals with a path to a principal that has an ability or can change a policy. */
    nearAGoal(accepted) {
        const before = new Map();
        for (const principal of this.principals) {
            for (const { to, step } of this.entries(principal)) {
                if (!accepted.includes(step.decision.verdict))
                    continue;
                const list = before.get(to);
                if (list === undefined)
                    before.set(to, [principal]);
                else
                    list.push(principal);
            }
        }
        const near = new Set(this.principals.filter((principal) => this.held.has(principal.arn) || this.steps.isWriter(principal)));
        // The set grows during the iteration. Each principal is reached once.
        for (const principal of near)
            for (const one of before.get(principal) ?? [])
                near.add(one);
        return near;
    }
    entries(principal) {
        let entries = this.edges.get(principal);
        if (entries === undefined) {
            entries = this.steps.entries(principal);
            this.edges.set(principal, entries);
        }
        return entries;
    }
    /**
     * Breadth first. At each depth, the order is: what a principal has, what it can be given, whom it can become. The
     * first path that is found is one of the shortest.
     */
    shortest(source, ability, accepted) {
        const start = { facts: source, path: [] };
        const reached = new Map([[escalation_keyOf(start), start]]);
        const writers = [];
        const accept = ({ decision }) => accepted.includes(decision.verdict);
        let best;
        const consider = (steps, held) => {
            if (accepted.includes(held.verdict) && steps.length < (best?.steps.length ?? Infinity))
                best = { steps, held };
        };
        const isFound = (length) => best !== undefined && best.steps.length <= length;
        let looked = 0;
        let level = [start];
        for (let depth = 0; level.length > 0; depth += 1) {
            const next = [];
            const visit = (facts, path) => {
                const node = { facts, path };
                const key = escalation_keyOf(node);
                if (reached.has(key))
                    return;
                reached.set(key, node);
                next.push(node);
            };
            for (const node of level)
                if (node !== start)
                    consider(node.path, this.holdings(node)[ability]);
            if (isFound(depth))
                return best;
            for (const node of level) {
                for (const [by, to] of pairsOf(node, this.steps.isWriter(node.facts), writers, reached)) {
                    looked += 1;
                    if (looked > escalation_MOST_STEPS)
                        return best ?? 'too many';
                    const write = this.steps.writes(by.facts, to.facts).filter(accept).sort(byCertainty)[0];
                    if (write !== undefined)
                        consider([...escalation_together(by, to), write], this.gains(to)[ability]);
                    for (const { step, to: joined } of this.joins(by.facts, to.facts)) {
                        if (accept(step))
                            visit(joined, [...escalation_together(by, to), step]);
                    }
                    if (isFound(depth + 1))
                        return best;
                }
            }
            for (const node of level) {
                for (const { step, to } of this.entries(node.facts)) {
                    looked += 1;
                    if (looked > escalation_MOST_STEPS)
                        return best ?? 'too many';
                    if (accept(step))
                        visit(to, [...node.path, step]);
                }
            }
            level = next;
        }
        return best;
    }
    /** A user joins at most one group on a path. With several groups, there would be as many nodes as sets of groups. */
    joins(by, user) {
        if (user.kind !== 'user' || !this.read.has(user))
            return [];
        const key = `${by.arn} ${user.arn} ${policiesKey(user)} ${policiesKey(by)}`;
        let joins = this.joined.get(key);
        if (joins === undefined) {
            joins = this.steps.joins(by, user);
            this.joined.set(key, joins);
        }
        return joins;
    }
    /** What a principal of the search has. A user that was added to a group on the path has more than its rows. */
    holdings(node) {
        if (node.path.at(-1)?.action !== 'iam:AddUserToGroup') {
            return this.held.get(node.facts.arn) ?? { push: NONE, administer: NONE };
        }
        return this.best(node.facts, escalation_keyOf(node));
    }
    /**
     * What a principal has if its identity policies allow everything. Its boundary and Deny statements still limit it.
     */
    gains(node) {
        const everything = { name: 'any policy', text: { known: ALLOW_EVERYTHING } };
        return this.best(withPolicies(node.facts, { known: [everything] }), `${escalation_keyOf(node)} everything`);
    }
    best(principal, key) {
        let holdings = this.gained.get(key);
        if (holdings === undefined) {
            holdings = { push: NONE, administer: NONE };
            for (const row of this.grouping.rowsOf(principal)) {
                holdings = better(holdings, row);
                if (holdings.push.verdict === 'allowed' && holdings.administer.verdict === 'allowed')
                    break;
            }
            this.gained.set(key, holdings);
        }
        return holdings;
    }
}
const ALLOW_EVERYTHING = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
function better(before, { answer, repository }) {
    const of = (ability) => {
        let held = before?.[ability] ?? NONE;
        for (const one of ABILITIES[ability]) {
            const verdict = answer[one] ?? 'denied';
            if (rank(verdict) < rank(held.verdict))
                held = { verdict, repository };
        }
        return held;
    };
    return { push: of('push'), administer: of('administer') };
}
function rank(verdict) {
    return verdict === 'denied' ? CERTAINTY.length : CERTAINTY.indexOf(verdict);
}
function byCertainty(a, b) {
    return rank(a.decision.verdict) - rank(b.decision.verdict);
}
/** A user in another group is another node. */
function escalation_keyOf({ facts }) {
    return `${facts.arn} ${policiesKey(facts)}`;
}
function policiesKey({ policies, kind }) {
    return kind === 'user' && 'known' in policies ? policies.known.map(({ name }) => name).join() : '';
}
/**
 * The new pairs of a principal that can change policies and another principal. Such a principal is kept for later
 * pairs.
 */
function pairsOf(node, isWriter, writers, reached) {
    const pairs = writers.map((writer) => [writer, node]);
    if (!isWriter)
        return pairs;
    writers.push(node);
    return [...pairs, ...[...reached.values()].map((to) => [node, to])];
}
/** The steps to both, without duplicates. */
function escalation_together(a, b) {
    return [...new Set([...a.path, ...b.path])];
}
function escalationOf(principal, ability, { steps, held }) {
    const verdicts = [held.verdict, ...steps.map(({ decision }) => decision.verdict)];
    const verdict = verdicts.includes('unknown')
        ? 'unknown'
        : verdicts.includes('conditional')
            ? 'conditional'
            : 'allowed';
    return { principal: principal.arn, ability, verdict, steps, repository: held.repository };
}
/** A step as a sentence. */
function sentenceOf({ action, by, on, gives, service }) {
    switch (action) {
        case 'sts:AssumeRole':
            return `${by} assumes ${on}.`;
        case 'iam:UpdateAssumeRolePolicy':
            return `${by} changes the trust policy of ${on} and assumes it.`;
        case 'iam:CreateAccessKey':
            return `${by} creates an access key of ${on}.`;
        case 'iam:AddUserToGroup':
            return `${by} adds ${gives} to ${on}.`;
        case 'iam:PassRole':
            return `${by} passes ${on} to ${service} and runs code with it.`;
        case 'iam:PutRolePolicy':
        case 'iam:PutUserPolicy':
            return `${by} writes a policy into ${on}.`;
        case 'iam:AttachRolePolicy':
        case 'iam:AttachUserPolicy':
            return `${by} attaches a policy to ${on}.`;
        case 'iam:CreatePolicyVersion':
            return `${by} changes ${on}, which ${gives} has.`;
        case 'iam:SetDefaultPolicyVersion':
            return `${by} sets an older version of ${on}, which ${gives} has.`;
    }
}

// EXTERNAL MODULE: ./image/reference.js
var reference = __webpack_require__(90274);
;// CONCATENATED MODULE: ./audit/uses.js
/** Which images ECS and Lambda run or refer to, by the repository that they come from. */

/** The uses of each repository, by `HOST/NAME` with the canonical host. References to other registries are left out. */
function usesByRepository(uses) {
    const found = new Map();
    for (const use of uses) {
        const placed = place(use);
        if (placed === undefined)
            continue;
        const list = found.get(placed.repository);
        if (list === undefined)
            found.set(placed.repository, [placed.use]);
        else
            list.push(placed.use);
    }
    return found;
}
function place(use) {
    try {
        const { registry, repository, tag, digest } = (0,reference/* parseReference */.F2)(withCanonicalHost(use.image));
        return {
            repository: `${(0,reference/* canonicalHost */.rQ)(registry)}/${repository}`,
            use: { ...use, tag: digest === undefined ? tag : undefined, pinned: digest },
        };
    }
    catch (error) {
        if (error instanceof reference/* InvalidReference */.ft)
            return undefined;
        throw error;
    }
}
/** Container runtimes also accept the host name in upper case and with the HTTPS port: it is the same registry. */
function withCanonicalHost(image) {
    const slash = image.indexOf('/');
    return slash === -1 ? image : image.slice(0, slash).toLowerCase().replace(/:443$/, '') + image.slice(slash);
}
/**
 * The digest that a use runs: the digest that AWS reports or, without one, the digest that the reference currently
 * resolves to.
 */
function digestOf({ digest, pinned, tag }, set) {
    return digest ?? pinned ?? (tag === undefined ? undefined : set.tagged(tag)?.digest);
}
/** The images of a repository that run, each digest once. */
class RunningImages {
    set;
    found = new Map();
    /** Uses whose image is unknown. */
    unresolved = [];
    constructor(set) {
        this.set = set;
    }
    addUses(uses) {
        for (const use of uses) {
            const digest = digestOf(use, this.set);
            if (digest === undefined)
                this.unresolved.push(use);
            else
                this.add(digest, use.by, use.cluster === undefined ? [] : [use.cluster], use.architecture);
        }
    }
    /** The images that Inspector reports as in use. */
    addCoverage(rows) {
        for (const { digest, inUseCount = 0, clusters } of rows) {
            if (inUseCount > 0)
                this.add(digest, 'inspector:in-use', clusters, undefined);
        }
    }
    get all() {
        return [...this.found.values()];
    }
    get digests() {
        return new Set(this.found.keys());
    }
    add(digest, by, clusters, architecture) {
        const before = this.found.get(digest);
        this.found.set(digest, {
            digest,
            image: this.set.of(digest),
            by: distinct(before?.by, [by]),
            clusters: distinct(before?.clusters, clusters),
            architectures: distinct(before?.architectures, [architecture]),
        });
    }
}
function distinct(before = [], more) {
    return [...new Set([...before, ...more])];
}
/** Why an image cannot be pulled; undefined for one that can be. */
function lack(image) {
    if (image === undefined)
        return 'missing';
    if (image.storageClass === 'archive')
        return 'archived';
    return image.storageClass === undefined ? 'unknown' : undefined;
}

;// CONCATENATED MODULE: ./audit/world.js
/**
 * The data that the checks of one audit share: which images run, which accounts are known, and who can do what. Each
 * part is computed once, when it is first needed.
 */






class World {
    facts;
    expectations;
    access;
    /** Accounts of the audited registries. */
    audited;
    /** Whether the audit policy names any known accounts. */
    knowsAccounts;
    parts = new Map();
    cases = new Map();
    /** @param access whether IAM and workloads were read, so that there is an access map and checks `access/*` */
    constructor(facts, expectations, access = true) {
        this.facts = facts;
        this.expectations = expectations;
        this.access = access;
        this.audited = new Set([
            ...facts.registries.map(({ account }) => account),
            ...facts.accounts.map(({ id }) => id),
        ]);
        this.knowsAccounts =
            expectations.accounts.size > 0 ||
                expectations.entries.some(({ pullAccounts }) => (pullAccounts?.length ?? 0) > 0);
    }
    /** Values that are computed once. */
    once(key, make) {
        if (!this.parts.has(key))
            this.parts.set(key, make());
        return this.parts.get(key);
    }
    /** The checks that this audit runs. */
    enabled(checks) {
        return this.access ? checks : checks.filter(({ family }) => family !== 'access');
    }
    caseOf(registry, repository) {
        let found = this.cases.get(repository);
        if (found === undefined) {
            const { account } = registry;
            const expected = expectationsFor(this.expectations, { name: repository.name, account });
            found = { world: this, registry, repository, expected };
            this.cases.set(repository, found);
        }
        return found;
    }
    /** The expectations for a repository, by its ARN; undefined for anything else. */
    expectedOf(arn) {
        return this.once('expectations', () => {
            const found = new Map();
            for (const registry of this.facts.registries) {
                const content = Fact.open(registry.repositories);
                if ('gap' in content)
                    continue;
                for (const one of content.known)
                    found.set(one.arn, this.caseOf(registry, one).expected);
            }
            return found;
        }).get(arn);
    }
    /** Whether an account is audited or is named by the audit policy for a repository or, without one, for a registry. */
    isKnownAccount(account, expected) {
        if (this.audited.has(account) || this.expectations.accounts.has(account))
            return true;
        const pullers = expected === undefined
            ? this.expectations.entries.flatMap(({ pullAccounts }) => pullAccounts ?? [])
            : expected.pullAccounts;
        return pullers.includes(account);
    }
    /** The name of an account, with its id. */
    accountName(account) {
        const called = this.expectations.accounts.get(account);
        return called === undefined ? account : `${called} (${account})`;
    }
    /**
     * The images of a repository that ECS and Lambda run or refer to: a separate fact for each service in the account and
     * region of each registry, so that known facts count even if others could not be read.
     */
    usesOf(registry, name) {
        const bySource = this.once('uses', () => this.facts.registries
            .flatMap(({ workloads }) => USES.map((source) => workloads[source]))
            .map((uses) => uses.map(usesByRepository)));
        return bySource.map((fact) => fact.map((uses) => uses.get(`${registry.host}/${name}`) ?? []));
    }
    /** The audited accounts are those of the organization that the audit policy names. */
    get organization() {
        const { organization } = this.expectations;
        return organization === undefined ? { notGiven: true } : { id: organization };
    }
    /** The facts in the form that the evaluator uses. */
    get accessFacts() {
        return this.once('access facts', () => {
            const { accounts, registries, levels, managementAccount } = this.facts;
            const { organization } = this;
            return {
                accounts: accounts.map(({ id, partition }) => ({
                    id,
                    partition,
                    organization,
                    principals: asKnown(this.principalsOf(id)),
                })),
                registries: registries.map(({ host, account, region, partition, policy, policyScope }) => ({
                    host,
                    account,
                    region,
                    partition,
                    policy: asKnown(policy),
                    policyScope: asKnown(policyScope),
                    organization,
                })),
                repositories: registries.flatMap(({ host, repositories }) => {
                    const content = Fact.open(repositories);
                    return 'gap' in content
                        ? []
                        : content.known.map(({ arn, policy, tags }) => ({
                            arn,
                            registry: host,
                            policy: asKnown(policy),
                            tags: asKnown(tags),
                        }));
                }),
                levels,
                managementAccount: asKnown(managementAccount),
            };
        });
    }
    /** A resource policy, read once. */
    document(text, kind) {
        return this.evaluator.document({ known: text }, kind);
    }
    get evaluator() {
        return this.once('evaluator', () => new Evaluator(this.accessFacts));
    }
    get map() {
        return this.once('map', () => accessMap(this.accessFacts, this.evaluator));
    }
    /** The rows of the access map about a repository, by its ARN, or a registry, by its host. */
    rowsAbout(resource) {
        return (this.once('rows by resource', () => Map.groupBy(this.map.rows, (row) => row.repository)).get(resource) ?? []);
    }
    rowsOf(principal) {
        return (this.once('rows by principal', () => Map.groupBy(this.map.rows, (row) => row.principal)).get(principal) ?? []);
    }
    /**
     * How principals that are expected neither to push nor to administer can get that access in several steps, by their
     * ARN.
     */
    get escalations() {
        return this.once('escalations', () => {
            const { accessFacts: access, evaluator, map, facts } = this;
            const groups = facts.accounts.flatMap((account) => {
                const content = Fact.open(account.groups);
                return 'gap' in content ? [] : content.known;
            });
            const principals = access.accounts.flatMap((account) => 'known' in account.principals ? account.principals.known : []);
            const sources = new Set(principals.map(({ arn }) => arn).filter((arn) => !this.isExpectedToWrite(arn)));
            const { found, unknown } = escalations({ access, groups, rows: map.rows, sources }, evaluator);
            return {
                found: Map.groupBy(found, ({ principal }) => principal),
                unknown: Map.groupBy(unknown, ({ principal }) => principal),
            };
        });
    }
    /** Whether the audit policy expects a principal to push to or administer any repository. */
    isExpectedToWrite(principal) {
        if (this.isAdministrator(principal) || world_isServiceLinked(principal))
            return true;
        const lists = this.once('writers', () => [
            ...new Set(this.facts.registries.flatMap((registry) => {
                const content = Fact.open(registry.repositories);
                return 'gap' in content
                    ? []
                    : content.known.flatMap((one) => {
                        const { push = [], administer = [] } = this.caseOf(registry, one).expected;
                        return [...push, ...administer];
                    });
            })),
        ]);
        return isExpected(principal, lists);
    }
    /** Users and roles of an account. */
    principalsOf(account) {
        return this.once(`principals of ${account}`, () => {
            const found = this.facts.accounts.find(({ id }) => id === account);
            if (found === undefined)
                return Fact.unknown(`the account ${account} is not audited`);
            const { organization } = this;
            return found.principals.map((all) => all.map((one) => ({ ...one, organization })));
        });
    }
    /** The missing IAM actions behind the reasons of the evaluator. */
    missingFor(reasons) {
        const gaps = this.once('gaps', () => this.gapsOfAccess());
        return [
            ...new Set(gaps
                .filter(({ reason }) => reasons.some((text) => text.includes(reason)))
                .flatMap(({ missing }) => missing)),
        ].sort();
    }
    gapsOfAccess() {
        const { accounts, registries, managementAccount } = this.facts;
        const found = new Map();
        const add = (fact) => {
            const content = Fact.open(fact);
            if ('known' in content)
                return;
            const { reason } = content.gap;
            const before = found.get(reason);
            found.set(reason, before === undefined ? content.gap : { ...joinedGaps([before, content.gap]), reason });
        };
        add(managementAccount);
        for (const { principals, groups, oidcProviders } of accounts) {
            for (const fact of [principals, groups, oidcProviders])
                add(fact);
        }
        for (const { policy, policyScope, repositories } of registries) {
            add(policy);
            add(policyScope);
            const content = Fact.open(repositories);
            if ('gap' in content)
                continue;
            for (const repository of content.known) {
                add(repository.policy);
                add(repository.tags);
            }
        }
        return [...found.values()];
    }
    /**
     * Whether a principal is exempt from expectations: the root user of the registry's account, service-linked roles, and
     * principals that may have every ability.
     */
    isExempt(principal, registryAccount) {
        return ((principal.endsWith(':root') && accountOf(principal) === registryAccount) ||
            world_isServiceLinked(principal) ||
            this.isAdministrator(principal));
    }
    isAdministrator(principal) {
        return isExpected(principal, this.expectations.administrators);
    }
    /**
     * The scopes of the existing registry policies. If a scope is unknown, the access map assumes V2, and results that
     * depend on it are uncertain.
     */
    get policyScopes() {
        return this.once('policy scopes', () => allOf(this.facts.registries.flatMap(({ policy, policyScope }) => {
            const content = Fact.open(policy);
            return 'known' in content && content.known === undefined ? [] : [policyScope];
        })));
    }
    /** The users and roles of all audited accounts. */
    get everyone() {
        return this.once('everyone', () => allOf([...this.audited].map((account) => this.principalsOf(account))).map((lists) => lists.flat()));
    }
}
/** The account in the ARN of a principal or of its identity provider; empty if there is none. */
function accountOf(principal) {
    return /^(?:federated:)?arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ?? '';
}
/** Whether a principal belongs to another account that may pull from a repository. */
function isOfPuller(principal, { registry, expected }) {
    const account = accountOf(principal);
    return account !== registry.account && expected.pullAccounts.includes(account);
}
/** Whether only AWS can use a role: no principal can assume, change or delete it. */
function world_isServiceLinked(arn) {
    return /^arn:[^:]*:iam::\d{12}:role\/aws-service-role\//.test(arn);
}

;// CONCATENATED MODULE: ./audit/proposal.js
/**
 * The repository policy that enforces the expectations for a repository. It is proposed only after the evaluator has
 * confirmed it: expected principals keep the access that they need, all others lose it, an administrator can still
 * change it, and AWS's service-linked roles still work.
 */










/** "Maximum length of 10240" (https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html). */
const proposal_LONGEST = 10_240;
/** The proposal for a repository; undefined if the audit policy does not say who may push to it. */
function proposalFor(about) {
    return proposals(about.world).get(about.repository.arn);
}
/**
 * All proposals of an audit, by the ARN of the repository. They are evaluated together, in the same way as the access
 * map.
 */
function proposals(world) {
    return world.once('proposals', () => propose(world));
}
function propose(world) {
    const found = new Map();
    const drafts = new Map();
    for (const registry of world.facts.registries) {
        const content = Fact.open(registry.repositories);
        if ('gap' in content)
            continue;
        for (const repository of content.known) {
            const about = world.caseOf(registry, repository);
            if (about.expected.push === undefined)
                continue;
            const draft = draftFor(about);
            if ('withheld' in draft)
                found.set(repository.arn, { repository: repository.arn, ...draft });
            else
                drafts.set(repository.arn, draft);
        }
    }
    if (drafts.size === 0)
        return found;
    const facts = world.accessFacts;
    const repositories = facts.repositories
        .filter(({ arn }) => drafts.has(arn))
        .map((one) => ({ ...one, policy: { known: JSON.stringify(drafts.get(one.arn)?.document) } }));
    const proposed = { ...facts, repositories };
    const rows = Map.groupBy(accessMap(proposed).rows, ({ repository }) => repository);
    const evaluator = new Evaluator(proposed);
    for (const [arn, draft] of drafts) {
        const withheld = [
            ...faultsOf(draft, rows.get(arn) ?? []),
            ...(inspectorReads(draft, evaluator)
                ? []
                : ["It would prevent Amazon Inspector's service-linked role from reading images."]),
        ];
        const { document } = draft;
        found.set(arn, withheld.length > 0 ? { repository: arn, withheld } : { repository: arn, document });
    }
    return found;
}
function draftFor(about) {
    const { world, registry, repository, expected } = about;
    const own = Fact.open(world.principalsOf(registry.account));
    if ('gap' in own) {
        return { withheld: [`The users and roles of ${registry.account} are unknown: ${own.gap.reason}.`] };
    }
    const policy = Fact.open(repository.policy);
    if ('gap' in policy)
        return { withheld: [`The policy that it would replace is unknown: ${policy.gap.reason}.`] };
    const kept = keptOf(policy.known, expected.pull === undefined);
    if (typeof kept === 'string')
        return { withheld: [kept] };
    const others = [...world.audited]
        .filter((account) => account !== registry.account)
        .flatMap((account) => {
        const content = Fact.open(world.principalsOf(account));
        return 'gap' in content ? [] : content.known;
    });
    const everyone = [...own.known, ...others].filter(({ arn }) => !world_isServiceLinked(arn));
    const { administrators } = world.expectations;
    const those = (...globs) => everyone.filter(({ arn }) => isExpected(arn, ...globs)).map(({ arn }) => arn);
    const admins = own.known
        .filter(({ arn }) => isExpected(arn, expected.administer, administrators) && !world_isServiceLinked(arn))
        .map(({ arn }) => arn);
    if (admins.length === 0) {
        return {
            withheld: [
                'No existing user or role matches administer or administrators, so no principal could change the policy.',
            ],
        };
    }
    const pushers = those(expected.push);
    const pullers = those(expected.pull).filter((arn) => !pushers.includes(arn));
    const document = write(about, kept, {
        pushers,
        pullers,
        services: (expected.pull ?? [])
            .filter((glob) => /^service:[a-z0-9.-]+$/.test(glob))
            .map((one) => one.slice('service:'.length)),
        everywhere: those(administrators),
        admins,
    });
    const { length } = JSON.stringify(document);
    if (length > proposal_LONGEST) {
        return {
            withheld: [
                `It would have ${length} characters; ECR allows ${proposal_LONGEST}. List fewer principals, or use one role for several of them.`,
            ],
        };
    }
    return { about, document, pushers, pullers, administrators: admins };
}
const LAYERS = 'ecr:BatchCheckLayerAvailability';
function write({ registry, expected }, kept, { pushers, pullers, services, everywhere, admins }) {
    const { account, partition } = registry;
    const accounts = expected.pullAccounts.filter((id) => id !== account);
    const rootOf = (id) => `arn:${partition}:iam::${id}:root`;
    const allow = (sid, principal, actions, condition) => ({
        Sid: sid,
        Effect: 'Allow',
        Principal: principal,
        Action: actions,
        ...(condition === undefined ? {} : { Condition: condition }),
    });
    // AWS's own roles replicate, cache and scan; no other principal can use them.
    const serviceLinked = `arn:${partition}:iam::${account}:role/aws-service-role/*`;
    const deny = (sid, actions, except, more = {}) => ({
        Sid: sid,
        Effect: 'Deny',
        Principal: '*',
        Action: actions,
        Condition: {
            ArnNotLike: { 'aws:PrincipalArn': [...new Set([...except, serviceLinked])].sort() },
            ...more,
        },
    });
    const readers = [...pullers, ...accounts.map(rootOf)];
    const statements = [...kept];
    if (pushers.length > 0)
        statements.push(allow('AllowPush', { AWS: pushers }, [...PULL, LAYERS, ...PUSH]));
    if (readers.length > 0)
        statements.push(allow('AllowPull', { AWS: readers }, [...PULL, LAYERS]));
    for (const [index, service] of services.entries()) {
        const sources = [account, ...accounts];
        const condition = service === 'lambda.amazonaws.com'
            ? { ArnLike: { 'aws:SourceArn': sources.map((id) => `arn:${partition}:lambda:*:${id}:function:*`) } }
            : { StringEquals: { 'aws:SourceAccount': sources } };
        statements.push(allow(`AllowPullService${index + 1}`, { Service: service }, PULL, condition));
    }
    statements.push(deny('DenyPushToOthers', PUSH, [...pushers, ...everywhere]));
    statements.push(deny('DenyControlToOthers', [...DELETE, ...ADMINISTER], [...admins, ...everywhere, rootOf(account)]));
    if (expected.pull !== undefined) {
        const theirs = accounts.map((id) => `arn:${partition}:iam::${id}:*`);
        statements.push(deny('DenyPullToOthers', PULL, [...readers, ...theirs, ...pushers, ...everywhere], {
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
        }));
    }
    return { Version: '2012-10-17', Statement: statements };
}
const READING = [
    ...[...PULL, LAYERS, 'ecr:DescribeImages', 'ecr:ListImages', 'ecr:DescribeRepositories'],
    ...[
        'ecr:GetRepositoryPolicy',
        'ecr:GetLifecyclePolicy',
        'ecr:DescribeImageScanFindings',
        'ecr:ListTagsForResource',
    ],
];
/**
 * The statements of today's policy that are kept: Deny statements, such as those for TLS or a VPC endpoint, and,
 * without an expectation for pull, the read actions of Allow statements. A text if something cannot be kept.
 */
function keptOf(text, keepsReading) {
    if (text === undefined)
        return [];
    const guarded = new Set([...PUSH, ...DELETE, ...ADMINISTER, ...(keepsReading ? [] : PULL)]);
    const document = parseDocument(text, 'repository');
    if (!document.readable || document.statements.some(({ readable }) => !readable)) {
        return 'The policy that it would replace could not be read.';
    }
    const written = [JSON.parse(text).Statement].flat();
    const kept = [];
    for (const [at, statement] of document.statements.entries()) {
        if (!statement.readable)
            continue;
        const json = written[at];
        if (statement.effect === 'Deny') {
            if (!isReplaced(statement, guarded))
                kept.push(json);
            continue;
        }
        if (!keepsReading)
            continue;
        const actions = READING.filter((action) => isAbout(statement, action));
        if (actions.length === 0)
            continue;
        if (statement.principals?.except)
            return 'The policy that it would replace has an Allow with NotPrincipal.';
        const { NotAction: _, ...rest } = json;
        kept.push({ ...rest, Action: actions });
    }
    return kept;
}
/**
 * The Deny statements of the proposal replace a Deny for everyone except some principals, unless it covers an action
 * that they do not cover. Any other Deny is kept.
 */
function isReplaced(statement, guarded) {
    const { conditions, principals } = statement;
    if (principals === undefined)
        return false;
    const isOfOthers = principals.except
        ? conditions.length === 0
        : isForEveryone(statement) &&
            conditions.length > 0 &&
            conditions.every(({ key, operator }) => {
                const small = key.toLowerCase();
                if (small === 'aws:principalisawsservice')
                    return operator?.type === 'bool';
                return small.startsWith('aws:principal') && operator?.negated === true;
            });
    return (isOfOthers && REPOSITORY_ACTIONS.every((action) => guarded.has(action) || !isAbout(statement, action)));
}
/** Why the evaluator rejects a draft, as sentences. */
function faultsOf({ about, pushers, pullers, administrators }, rows) {
    const { world, expected } = about;
    const byPrincipal = new Map(rows.map((row) => [row.principal, row]));
    const faults = [];
    const has = (verdict) => verdict === 'allowed' || verdict === 'conditional';
    const keeps = (principals, what, verdictOf) => {
        const losers = principals.filter((arn) => {
            const row = byPrincipal.get(arn);
            return row === undefined || !verdictOf(row).every(has);
        });
        if (losers.length > 0)
            faults.push(`According to the evaluator, ${list(losers)} could no longer ${what}.`);
    };
    keeps(pushers, 'push', ({ answer }) => [answer.push, answer.retag, answer.pull]);
    keeps(pullers, 'pull', ({ answer }) => [answer.pull]);
    const before = new Map(world.rowsAbout(about.repository.arn).map((row) => [row.principal, row.answer]));
    keeps(administrators.filter((arn) => has(before.get(arn)?.administer)), 'administer', ({ answer }) => [answer.administer]);
    if (!administrators.some((arn) => has(byPrincipal.get(arn)?.answer.administer))) {
        faults.push('According to the evaluator, no principal could change the policy.');
    }
    const gains = (row, verdicts, ...globs) => verdicts.some((verdict) => verdict !== undefined && verdict !== 'denied') &&
        !isExpected(row.principal, ...globs);
    for (const row of rows) {
        const { answer, principal } = row;
        if (world.isExempt(principal, about.registry.account))
            continue;
        const wrong = [
            ...(gains(row, [answer.push, answer.retag], expected.push) ? ['push'] : []),
            ...(gains(row, [answer.delete, answer.administer], expected.administer) ? ['administer'] : []),
            ...(expected.pull !== undefined &&
                !isOfPuller(principal, about) &&
                gains(row, [answer.pull], expected.pull, expected.push)
                ? ['pull']
                : []),
        ];
        if (wrong.length > 0)
            faults.push(`According to the evaluator, ${list([principal])} could still ${wrong.join(' and ')}.`);
    }
    return faults.slice(0, 10);
}
/** Whether Inspector's service-linked role, whose own policy allows reading images, still can. */
function inspectorReads({ about, document }, evaluator) {
    const { world, registry, repository } = about;
    const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const principal = {
        ...inspectorRole(registry, world.organization),
        policies: {
            known: [{ name: 'AmazonInspector2ServiceRolePolicy', text: { known: JSON.stringify(everything) } }],
        },
    };
    const facts = world.accessFacts.repositories.find(({ arn }) => arn === repository.arn);
    const owner = world.accessFacts.registries.find(({ host }) => host === registry.host);
    if (facts === undefined || owner === undefined)
        return false;
    const target = repositoryTarget({ ...facts, policy: { known: JSON.stringify(document) } }, owner);
    return PULL.every((action) => {
        const { verdict } = evaluator.decide({ action, principal, target });
        return verdict === 'allowed' || verdict === 'conditional';
    });
}

;// CONCATENATED MODULE: ./audit/rules.js
/** The rules under `checks:` in the audit policy: which results do not count, and which get another severity. */

/** Applies the first rule that matches each failed or unknown result. @param now when the audit takes place */
function applyRules(results, rules, now) {
    const isOver = ({ end }) => end !== undefined && now.getTime() >= end.getTime();
    const current = rules.filter((rule) => !isOver(rule)).map((rule) => new Matcher(rule));
    const open = results.filter(({ status }) => status === 'fail' || status === 'unknown');
    const deciding = new Map(open.map((result) => [result, current.find((matcher) => matcher.matches(result))?.rule]));
    const decides = new Set(deciding.values());
    // A rule that matches only results that earlier rules decide still matches.
    const matchesAny = (matcher) => decides.has(matcher.rule) || open.some((one) => matcher.matches(one));
    return {
        results: results.map((result) => ruled(result, deciding.get(result))),
        unmatched: current.filter((matcher) => !matchesAny(matcher)).map(({ rule }) => noteOf(rule)),
        expired: rules.filter(isOver).map(noteOf),
    };
}
function ruled(result, rule) {
    if (rule === undefined)
        return result;
    const { action, reason, expires } = rule;
    if (action === 'ignore')
        return { ...result, status: 'ignored', ignored: { reason, expires } };
    // The rule applies to everything that the check can find there, including unknown results.
    return { ...result, severity: action, couldBe: undefined };
}
function noteOf({ source, check, resource, expires }) {
    return { source, check, resource, expires };
}
/** A rule that compares each check and each resource once. */
class Matcher {
    rule;
    checks = new Map();
    resources = new Map();
    constructor(rule) {
        this.rule = rule;
    }
    matches({ check, resource }) {
        const { check: checks, resource: resources } = this.rule;
        return (remembered(this.checks, check, () => (0,policy_globs/* matchesGlob */.kt)(checks, check)) &&
            (resources === undefined ||
                remembered(this.resources, resource, () => (0,policy_globs/* matchesGlob */.kt)(resources, resource))));
    }
}
function remembered(known, text, test) {
    let value = known.get(text);
    if (value === undefined) {
        value = test();
        known.set(text, value);
    }
    return value;
}

;// CONCATENATED MODULE: ./audit/checks/access/reach.js

function holdingOf(answer, abilities) {
    const verdicts = abilities.map((ability) => answer[ability]);
    if (verdicts.some((verdict) => verdict === 'allowed' || verdict === 'conditional'))
        return 'has';
    return verdicts.includes('unknown') ? 'unknown' : 'none';
}
/** The decisions behind some abilities that are not denied. */
function decisionsOf({ decisions }, abilities) {
    return abilities.flatMap((ability) => {
        const decision = decisions[ability];
        return decision === undefined || decision.verdict === 'denied' ? [] : [decision];
    });
}
/** Notes why the access of some principals is unknown, with the IAM actions that would show it. */
function noteUnknown(rows, abilities, what, world, report) {
    if (rows.length === 0)
        return;
    const reasons = [
        ...new Set(rows.flatMap(({ answer }) => decisionsOf(answer, abilities).flatMap(({ unknown }) => unknown))),
    ];
    const who = list(rows.map(({ principal }) => principal));
    report.unknown(`whether ${who} may ${what}: ${list(reasons)}`, { missing: world.missingFor(reasons) });
}
/**
 * Notes why the access map may lack rows about a repository: a policy that cannot be read may name principals about
 * which nothing else is known, and a registry policy of unknown scope may not apply.
 */
function noteGaps(about, facts, report) {
    const { world, registry } = about;
    const note = (text, kind, called) => {
        if (text === undefined)
            return;
        const document = world.document(text, kind);
        const isWhole = document.readable && document.statements.every(({ readable }) => readable);
        if (!isWhole)
            report.unknown(`which other principals ${called} names: not all of it could be read`);
    };
    report.attempt(() => note(facts.policy, 'repository', 'repository' in about ? `the policy of ${words_name(about.repository.name)}` : ''));
    report.attempt(() => {
        const text = facts.registryPolicy;
        note(text, 'registry', `the policy of the registry ${registry.host}`);
        // It applies to push and pull only with scope V2.
        if (text !== undefined)
            report.read(registry.policyScope);
    });
}
/** The statements for the evidence, each once. */
function distinctBecause(because) {
    const found = new Map();
    for (const { source, policy, sid, effect } of because) {
        found.set(`${source} ${policy} ${sid} ${effect}`, {
            source,
            policy: words_name(policy),
            sid: words_name(sid),
            effect,
        });
    }
    return [...found.values()];
}
/** The smallest change to the statements that grant an ability, so that they no longer grant it. */
function changesFor(decisions, what) {
    const allows = decisions.flatMap(({ because }) => because.filter(({ effect }) => effect === 'Allow'));
    const changes = allows.flatMap(({ source, policy, sid }) => {
        // Boundaries and the organization's policies grant nothing.
        if (source !== 'identity' && source !== 'repository' && source !== 'registry')
            return [];
        const where = source === 'identity' ? `the policy ${words_name(policy)}` : `the ${source} policy`;
        return [`remove ${what} from ${sid === '' ? where : `statement ${words_name(sid)} of ${where}`}`];
    });
    return [...new Set(changes)];
}
/**
 * The command that changes an identity policy of a role: an inline policy by its name, a customer managed policy by its
 * ARN. An AWS managed policy cannot be changed, only detached.
 */
function changePolicy(role, policy) {
    const roleName = role.slice(role.lastIndexOf('/') + 1);
    if (/^arn:[^:]*:iam::aws:/.test(policy)) {
        return aws('iam detach-role-policy', { 'role-name': roleName, 'policy-arn': policy });
    }
    const document = { 'policy-document': 'file://policy.json' };
    return policy.startsWith('arn:')
        ? aws('iam create-policy-version', { 'policy-arn': policy, ...document, 'set-as-default': true })
        : aws('iam put-role-policy', { 'role-name': roleName, 'policy-name': policy, ...document });
}
/** The first identity policy that allows it; undefined if only other policies do. */
function allowingPolicy(decisions) {
    return decisions
        .flatMap(({ because }) => because)
        .find(({ source, effect }) => source === 'identity' && effect === 'Allow')?.policy;
}

;// CONCATENATED MODULE: ./audit/checks/access/trust-fix.js



/** The audience of tokens for AWS. */
const trust_fix_AUDIENCE = 'sts.amazonaws.com';
/**
 * The trust policy with stricter conditions on tokens: without ForAllValues and IfExists, with an audience, and with
 * the branch main if every branch is accepted. Undefined if the check that found the problem would still fail: only the
 * owner of the role knows which repository is intended.
 */
function corrected(trust, providers) {
    if ('unknown' in trust || trust.known === undefined)
        return undefined;
    const document = edited({ text: trust.known }, firm);
    if (document === undefined)
        return undefined;
    const { severityForPush } = judgeTrust({ known: JSON.stringify(document) }, providers);
    return severityForPush === 'none' ? document : undefined;
}
function firm(statement) {
    const { Federated: federated } = objectOf(statement.Principal);
    const urls = [federated]
        .flat()
        .flatMap((provider) => (typeof provider === 'string' ? [issuerOf(provider)] : []))
        .flatMap(({ kind, url }) => (kind.startsWith('github') ? [url] : []));
    const [url] = urls;
    if (statement.Effect !== 'Allow' || url === undefined || urls.length > 1)
        return statement;
    const conditions = {};
    for (const [operator, tests] of Object.entries(objectOf(statement.Condition))) {
        for (const [key, values] of Object.entries(objectOf(tests))) {
            const isClaim = key.toLowerCase().startsWith(`${url}:`);
            const name = isClaim ? operator.replace(/^ForAllValues:/, '').replace(/IfExists$/, '') : operator;
            conditions[name] = { ...conditions[name], [key]: isClaim ? onMain(key, values) : values };
        }
    }
    const hasAudience = Object.values(conditions).some((tests) => Object.keys(tests).some((key) => key.toLowerCase() === `${url}:aud`));
    if (!hasAudience)
        conditions.StringEquals = { ...conditions.StringEquals, [`${url}:aud`]: trust_fix_AUDIENCE };
    return { ...statement, Condition: conditions };
}
/** `repo:ORG/NAME:*` stands for all branches and pull requests of a repository. */
function onMain(key, values) {
    if (!key.toLowerCase().endsWith(':sub'))
        return values;
    const narrowed = [values]
        .flat()
        .map((value) => typeof value === 'string' && /^repo:[^:*?][^:*?/]*\/[^:*?]+:\*$/.test(value)
        ? value.replace(/\*$/, 'ref:refs/heads/main')
        : value);
    return Array.isArray(values) ? narrowed : narrowed[0];
}

;// CONCATENATED MODULE: ./audit/checks/access/ci.js
/** Roles that CI assumes: who else can assume them, and what they can do. */










/** Whether a role may push anywhere. */
function pushOf({ world, principal }) {
    const holdings = world.rowsOf(principal.arn).map(({ answer }) => holdingOf(answer, ['push', 'retag']));
    if (holdings.includes('has'))
        return 'has';
    return holdings.includes('unknown') ? 'unknown' : 'none';
}
const ciTrust = roleCheck({
    id: 'access/ci-trust',
    title: 'Only the intended organizations, repositories and branches can assume the role.',
    severities: ['critical', 'high', 'medium'],
    means: 'A role that trusts a GitHub OIDC provider (of github.com, an enterprise, ghe.com or a GitHub Enterprise Server) can be assumed by more repositories or refs than intended. Critical: no condition pins a repository or an organization, or a condition pins only a prefix that others can register. High: conditions pin an organization, but neither a repository nor a reusable workflow at an exact ref (with the issuer of an enterprise: no organization); the deciding claim is tested with ForAllValues or IfExists; or no audience is required and the provider accepts client ids other than sts.amazonaws.com. Medium: a role that can push accepts every branch and pull request of a repository. The check also fails for a role that trusts another OIDC provider that many organizations share (GitLab.com, HCP Terraform, Buildkite, Codefresh, Pulumi, Vercel and the others that IAM lists). Critical: no condition limits the claim that identifies the organization, or only a prefix that others can register does. High: the claim is tested with ForAllValues or IfExists. Since June 2025, IAM refuses such a policy, but only when it is created or changed.',
    why: 'Anyone whose token the trust policy accepts has the permissions of the role.',
    fix: 'Pin the repository, and its branch or environment, with StringEquals on the claim sub, and the audience sts.amazonaws.com. For another shared provider, pin the claim that the message names to your organization with StringEquals.',
    nearest: 'Checkov CKV_AWS_358 and CKV_AWS_393 and Prowler `iam_role_github_oidc_trust_subject_restricted` check only the claim sub. They do not check other claims, ForAllValues and IfExists, audiences, or what the role can do.',
    reference: 'https://docs.github.com/en/actions/reference/security/oidc',
    needs: {
        providers: oidcProviders,
        repositories: allRepositories,
        scopes: policyScopes,
    },
    applies: ({ principal }) => !world_isServiceLinked(principal.arn),
    judge(facts, about, report) {
        const { world, principal, account } = about;
        const { grants, unknown } = judgeTrust(principal.trust, asKnown(account.oidcProviders));
        const judged = grants.filter(({ issuer }) => isJudged(issuer));
        if (judged.length + unknown.length === 0)
            return report.doesNotApply();
        for (const reason of unknown)
            report.unknown(reason, { missing: world.missingFor([reason]) });
        const depends = judged.filter(({ severity, severityForPush }) => severity !== severityForPush);
        const push = depends.length === 0 ? 'none' : pushOf(about);
        if (depends.length > 0 && push !== 'has') {
            // For a role that can push, accepting every branch of a repository is a failure of this severity.
            report.attempt(() => void facts.repositories, 'medium');
            report.attempt(() => void facts.scopes, 'medium');
            if (push === 'unknown')
                report.unknown(`whether ${principal.arn} can push`, { severity: 'medium' });
        }
        for (const grant of judged)
            judgeGrant(grant, push === 'has', about, report);
    },
});
function judgeGrant(grant, pushes, { world, principal, account }, report) {
    const severity = pushes ? grant.severityForPush : grant.severity;
    const { issuer, subjects } = grant;
    const reasons = grant.reasons.map((reason) => words_name(reason, LONGEST_REASON));
    if (grant.couldBe !== 'none') {
        const why = reasons.join(' ').replace(/\.$/, '');
        report.unknown(`whether statement ${words_name(grant.sid)} of the trust policy accepts tokens of others: ${why}`, {
            missing: world.missingFor(grant.reasons),
            severity: grant.couldBe,
        });
    }
    if (severity === 'none' || severity === 'unknown')
        return;
    report.fail({
        severity,
        what: `Statement ${words_name(grant.sid)} of the trust policy of ${principal.arn} accepts more tokens of ${words_name(issuer.url)} than it should. ${reasons.join(' ')}`,
        toDo: issuer.tenant === undefined
            ? 'Pin the repository and its branch or environment with StringEquals on the claim sub, and require the audience sts.amazonaws.com.'
            : `Pin ${tenantKeyOf(issuer, issuer.tenant)} with StringEquals to the value that the tokens of your organization have.`,
        evidence: {
            statements: [{ sid: words_name(grant.sid), issuer: issuer.url, accepts: some(subjects), reasons }],
            mayPush: pushes,
        },
        command: aws('iam update-assume-role-policy', {
            'role-name': principal.arn.slice(principal.arn.lastIndexOf('/') + 1),
            'policy-document': 'file://trust.json',
        }),
        document: () => corrected(principal.trust, asKnown(account.oidcProviders)),
        items: [`${words_name(grant.sid)} ${grant.reach ?? ''}`.trim()],
    });
}
const LONGEST_REASON = 400;
const ciWide = roleCheck({
    id: 'access/ci-wide',
    title: 'CI roles have only the access that they need.',
    severities: ['high'],
    means: 'A role that CI assumes (by OIDC from GitHub or another CI, or CodeBuild) has `ecr:*`, can push to every repository of a registry that has several (unless `push` names it for all of them), or has iam:PassRole on `*`.',
    why: 'A pipeline runs the code of everyone who can change the repository. A pull request or a dependency can do everything that its role can do.',
    fix: 'Give each pipeline its own role that can push only to its own repositories, and limit iam:PassRole to the roles that it deploys.',
    nearest: 'Prowler `iam_role_administratoraccess_policy` finds only roles with AdministratorAccess. It does not check which roles CI assumes.',
    reference: 'https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws',
    needs: { repositories: allRepositories, scopes: policyScopes },
    applies: ({ world, principal }) => !world_isServiceLinked(principal.arn) && !world.isAdministrator(principal.arn),
    judge(facts, about, report) {
        const { world, principal } = about;
        const services = buildServicesOf(principal.trust);
        if (services.length === 0) {
            const { unknown } = judgeTrust(principal.trust, { unknown: 'not needed' });
            for (const reason of unknown)
                report.unknown(reason, { missing: world.missingFor([reason]) });
            return unknown.length === 0 ? report.doesNotApply() : undefined;
        }
        const permissions = permissionsOf(principal, world.evaluator);
        for (const reason of permissions.unknown) {
            report.unknown(reason, { missing: world.missingFor([reason]) });
        }
        const by = list(services);
        judgePermissions(permissions, by, about, report);
        report.attempt(() => void facts.repositories);
        report.attempt(() => void facts.scopes);
        judgePushEverywhere(by, about, report);
    },
});
/** `ecr:*`, and iam:PassRole on all roles. */
function judgePermissions({ dangers }, by, { world, principal }, report) {
    const passing = dangers.filter(({ kind }) => kind === 'pass-role' || kind === 'everything');
    const wide = [...wholeServiceOf(principal, 'ecr', world.evaluator), ...passing];
    for (const { text, policy, sid, verdict, unknown } of wide) {
        if (verdict === 'unknown') {
            report.unknown(`whether ${principal.arn} has ${text}: ${list(unknown)}`, {
                missing: world.missingFor(unknown),
            });
            continue;
        }
        report.fail({
            what: `${principal.arn}, which ${by} assumes, has ${text}, by statement ${words_name(sid)} of the policy ${words_name(policy)}.`,
            toDo: 'Limit the statement to the actions and resources that the pipeline needs.',
            evidence: { assumedBy: [by], permissions: [{ permission: text, policy, statement: sid }] },
            command: changePolicy(principal.arn, policy),
            items: [text],
        });
    }
}
/** Push to every repository of a registry that has several. */
function judgePushEverywhere(by, { world, principal }, report) {
    const rows = new Map(world.rowsOf(principal.arn).map((row) => [row.repository, row]));
    for (const registry of world.facts.registries) {
        report.attempt(() => {
            const all = report.read(registry.repositories);
            if (all.length < 2)
                return;
            const holdings = all.map(({ arn }) => {
                const row = rows.get(arn);
                return row === undefined ? 'none' : holdingOf(row.answer, ['push', 'retag']);
            });
            if (holdings.includes('none'))
                return;
            const isNamed = all.every(({ arn }) => isExpected(principal.arn, world.expectedOf(arn)?.push));
            if (isNamed)
                return;
            const what = `push to every repository of ${registry.host}`;
            if (holdings.includes('unknown'))
                return report.unknown(`whether ${principal.arn} may ${what}`);
            const decisions = all.flatMap(({ arn }) => {
                const row = rows.get(arn);
                return row === undefined ? [] : decisionsOf(row.answer, ['push', 'retag']);
            });
            const policy = allowingPolicy(decisions);
            report.fail({
                what: `${principal.arn}, which ${by} assumes, may ${what}, which has ${count(all.length, 'repository', 'repositories')}.`,
                toDo: 'Limit its policies to the repositories that the pipeline pushes to, or name it in push for all of them.',
                evidence: { assumedBy: [by], registries: [{ host: registry.host, repositories: all.length }] },
                ...(policy === undefined ? {} : { command: changePolicy(principal.arn, policy) }),
                items: [`push ${registry.host}`],
            });
        });
    }
}

;// CONCATENATED MODULE: ./audit/checks/access/outsiders.js










const outsiders_WRITES = ['push', 'retag', 'delete', 'administer'];
const ASSUME = 'sts:AssumeRole';
/**
 * Reports unknown accounts, other organizations and everyone if the trust policy of a role allows them to assume it, and the
 * role can push or administer. The policies of outside principals cannot be read, so only the trust policy decides.
 * @param deciding reads the facts that determine what the role can do
 */
function judgeTrustedOutsiders(about, deciding, report) {
    const { world, principal } = about;
    if (principal.kind !== 'role' || world_isServiceLinked(principal.arn))
        return;
    const rows = world.rowsOf(principal.arn);
    const has = rows.filter(({ answer }) => holdingOf(answer, outsiders_WRITES) === 'has');
    const doubts = new Report('high');
    doubts.attempt(deciding);
    const mayHave = rows.some(({ answer }) => holdingOf(answer, outsiders_WRITES) === 'unknown');
    if (has.length === 0 && !mayHave && doubts.unknowns.length === 0)
        return;
    const { trust } = principal;
    if ('unknown' in trust) {
        const reason = `who may assume ${principal.arn}: ${trust.unknown}`;
        report.unknown(reason, { missing: world.missingFor([reason]) });
        return;
    }
    const view = outsiders_viewOf(about, trust.known);
    if (view === undefined)
        return;
    const found = trustedIn(view, principal, report);
    if (found.length === 0)
        return;
    if (has.length > 0) {
        reportOutsiders(view, found, report, {
            does: `assume it, and so push to or administer ${list(has.map(({ repository }) => repository))}`,
            toDo: 'Limit the statement to the intended principals, or add the account to accounts in the audit policy.',
        });
        return;
    }
    report.include(doubts);
    if (mayHave)
        report.unknown(`whether ${principal.arn}, which others may assume, can push or administer`);
}
function outsiders_viewOf({ world, account, principal }, text) {
    const registry = world.facts.registries.find((one) => one.account === account.id);
    if (text === undefined || registry === undefined)
        return undefined;
    const put = aws('iam update-assume-role-policy', {
        'role-name': principal.arn.slice(principal.arn.lastIndexOf('/') + 1),
        'policy-document': 'file://trust.json',
    });
    return {
        kind: 'trust',
        called: `the trust policy of ${words_name(principal.arn)}`,
        text,
        world,
        registry,
        expected: undefined,
        repository: undefined,
        lookup: () => undefined,
        put,
        remove: put,
    };
}
/** Statements that allow outsiders to assume a role, according to the evaluator, which also applies Deny statements. */
function trustedIn(view, role, report) {
    const { world } = view;
    // The management account has full control of the organization in any case.
    const management = Fact.open(world.facts.managementAccount);
    // An account that may pull is not thereby allowed to push.
    const isKnown = (account) => world.audited.has(account) ||
        world.expectations.accounts.has(account) ||
        ('known' in management && account === management.known);
    const mayManage = (account) => {
        if ('known' in management)
            return false;
        const { reason, missing } = management.gap;
        report.unknown(`whether account ${account}, which may assume ${role.arn}, is the organization's management account: ${reason}`, { missing });
        return true;
    };
    const named = namedPrincipals([policies_documentOf(view)], world.accessFacts.accounts, view.registry.partition);
    const verdictOf = (principal) => world.evaluator.decide({ action: ASSUME, principal, target: roleTarget(role) }).verdict;
    const lets = (principals, called) => {
        const verdicts = new Set(principals.map(verdictOf));
        if (['allowed', 'conditional'].some((verdict) => verdicts.has(verdict)))
            return true;
        if (verdicts.has('unknown'))
            report.unknown(`whether ${called} may assume ${role.arn}`);
        return false;
    };
    return statementsOf(view, report).flatMap((placed) => {
        const { statement } = placed;
        if (statement.effect !== 'Allow' || !isAbout(statement, ASSUME))
            return [];
        if (statement.principals?.except) {
            report.unknown(`whom ${view.called} trusts by NotPrincipal, which trust policies cannot have`);
            return [];
        }
        const who = outsidersOf(view, statement, isKnown);
        const everyone = isForEveryone(statement) ? [anyone()] : [];
        const of = (account) => [...named.filter((one) => one.account === account), ...everyone];
        const left = {
            ...who,
            accounts: who.accounts.filter((account) => lets(of(account), `account ${account}`) && !mayManage(account)),
            organizations: who.organizations.filter((id) => lets([anyone()], `organization ${id}`)),
            everyone: who.everyone && lets([anyone()], 'everyone'),
        };
        const isNobody = left.accounts.length + left.organizations.length + left.unknown.length === 0;
        return isNobody && !left.everyone ? [] : [{ placed, who: left }];
    });
}

;// CONCATENATED MODULE: ./audit/checks/access/escalation.js
/** Principals that can get push or control in several steps. */






/** Without expectations, it is unknown who should not have access. */
function hasExpectations({ expectations: { entries } }) {
    return entries.some(({ push, administer }) => push !== undefined || administer !== undefined);
}
const escalation = principalCheck({
    id: 'access/escalation',
    title: 'No unexpected principal can get push or control in several steps.',
    severities: ['high'],
    means: 'A principal that the audit policy expects neither to push nor to administer can get that access in one or more steps: it assumes a role (if both sides allow it), writes or attaches a policy, changes a policy or a trust policy, creates an access key, adds itself to a group, or passes a role to code that it can run (Lambda, ECS, EC2, CodeBuild). It also fails for a role that can push or administer if everyone, an unknown account or another organization may assume it. If the audit policy names no account, the result is unknown and lists them. The evidence has the shortest path. `access/push` and `access/administer` report direct access.',
    why: 'A repository policy names the principals that may push. A principal that can become one of them can push as well.',
    fix: 'Remove the permission for one of the steps in the evidence.',
    nearest: 'Prowler `iam_policy_allows_privilege_escalation` looks for known combinations in a single policy, and `iam_role_chained_privilege_escalation` for roles that lead to such a policy. Neither checks which access they lead to, and neither evaluates conditions, boundaries and Denies.',
    reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    needs: {
        everyone: everyone,
        groups: groups,
        repositories: allRepositories,
        scopes: policyScopes,
    },
    applies: ({ world }) => hasExpectations(world),
    judge(facts, about, report) {
        const { world, principal } = about;
        const deciding = () => {
            void facts.repositories;
            void facts.scopes;
        };
        judgeTrustedOutsiders(about, deciding, report);
        // A principal that the audit policy allows to push or administer is not a source, but a path from outside can begin there.
        if (world.isExpectedToWrite(principal.arn))
            return report.doesNotApply();
        report.attempt(() => void facts.everyone);
        report.attempt(() => void facts.groups);
        report.attempt(() => void facts.repositories);
        report.attempt(() => void facts.scopes);
        const { found, unknown } = world.escalations;
        for (const { reason } of unknown.get(principal.arn) ?? [])
            report.unknown(reason);
        for (const one of found.get(principal.arn) ?? []) {
            if (one.verdict === 'unknown') {
                const reasons = [...new Set(one.steps.flatMap(({ decision }) => decision.unknown))];
                report.unknown(`whether ${principal.arn} can ${wordFor(one)} ${one.repository} after some steps: ${list(reasons)}`, { missing: world.missingFor(reasons) });
                continue;
            }
            report.fail({
                what: `${principal.arn} can ${wordFor(one)} ${one.repository} after ${one.steps.length} ${one.steps.length === 1 ? 'step' : 'steps'}: ${one.steps.map(sentenceOf).join(' ')}`,
                toDo: 'Remove the permission for one of the steps. If the principal should have this access, name it in the audit policy.',
                evidence: {
                    ways: [
                        {
                            ability: one.ability,
                            resource: one.repository,
                            verdict: one.verdict,
                            steps: one.steps.map((step) => ({
                                step: sentenceOf(step),
                                action: step.action,
                                verdict: step.decision.verdict,
                                conditions: step.decision.conditions.slice(0, 10),
                                because: distinctBecause(step.decision.because).slice(0, 5),
                            })),
                        },
                    ],
                },
                ...commandFor(one),
                items: [`${one.ability} ${one.steps.map(({ action, on }) => `${action} ${on}`).join(' ')}`],
            });
        }
    },
});
/** The command that changes the policy that allows the first step, if a role takes that step. */
function commandFor({ steps: [first] }) {
    if (first === undefined || !first.by.includes(':role/'))
        return {};
    const policy = allowingPolicy([first.decision]);
    return policy === undefined ? {} : { command: changePolicy(first.by, policy) };
}
function wordFor({ ability }) {
    return ability === 'push' ? 'push to' : 'administer';
}

;// CONCATENATED MODULE: ./audit/checks/access/external.js
/** Other accounts that can pull, and repositories without expectations. */










const externalPull = repositoryCheck({
    id: 'access/external-pull',
    title: 'Only accounts that are expected to pull can pull.',
    severities: ['high'],
    means: 'The repository policy or the registry policy lets another account pull that is not in `pull-accounts` and that no condition limits to `organization`. If the audit policy names no accounts, the result is unknown and lists the accounts that can pull.',
    why: 'Production images contain code and show which vulnerabilities production has.',
    fix: 'Remove the account from the policy, or add it to `pull-accounts` in the audit policy.',
    nearest: 'IAM Access Analyzer lists external access to repositories. It does not know which access is expected, and evaluates each policy alone.',
    reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html',
    needs: {
        policy: repositoryPolicy,
        registryPolicy: registryPolicy,
        scope: policyScope,
        everyone: everyone,
    },
    judge(facts, about, report) {
        const { registry, repository, expected, world } = about;
        noteGaps(about, facts, report);
        const isKnown = (account) => account === registry.account || expected.pullAccounts.includes(account);
        const judge = (view) => {
            const found = statementsOf(view, SILENT)
                .filter((placed) => grantsPull(view, placed, repository.arn))
                .map((placed) => ({
                placed,
                who: holders(placed, outsidersOf(view, placed.statement, isKnown), about, report),
            }));
            reportOutsiders(view, found, report, {
                does: `pull from ${repository.name}`,
                toDo: 'Remove the account from the policy, or add it to pull-accounts in the audit policy.',
            });
        };
        report.attempt(() => {
            if (facts.policy !== undefined)
                judge(viewOfRepository(about, facts.policy));
        });
        report.attempt(() => {
            if (facts.registryPolicy === undefined)
                return;
            if (facts.scope === 'V2')
                judge(viewOfRegistry(about, facts.registryPolicy));
        });
        // A role of another audited account also needs that account's permission.
        const isForeign = [...world.audited].some((account) => !isKnown(account));
        if (isForeign)
            report.attempt(() => void facts.everyone);
    },
});
/** `noteGaps` reports once what cannot be read. */
const SILENT = { unknown: () => { } };
function grantsPull(view, { statement }, arn) {
    return (statement.effect === 'Allow' &&
        PULL.some((action) => isAbout(statement, action)) &&
        isOnResource(view, statement, { arn }).truth !== 'no');
}
/** The accounts that can pull according to the evaluator: other statements may be needed, and Denies may apply. */
function holders({ statement }, who, about, report) {
    const { world, repository } = about;
    const rows = world.rowsAbout(repository.arn);
    // Conditions may limit a grant to everyone to some principals of an account, which have no row.
    const everyone = isForEveryone(statement) || statement.principals?.except === true;
    const anyone = everyone ? rows.filter(({ kind }) => kind === 'anyone') : [];
    const holds = (account) => {
        const own = rows.filter(({ principal }) => account !== undefined && accountOf(principal) === account);
        const those = [...own, ...anyone];
        const holdings = those.map(({ answer }) => holdingOf(answer, ['pull']));
        if (holdings.includes('has'))
            return 'has';
        return holdings.includes('unknown') ? 'unknown' : 'none';
    };
    const certain = (account, called) => {
        const holding = holds(account);
        if (holding === 'unknown')
            report.unknown(`whether ${called} can pull from ${repository.name}`);
        return holding === 'has';
    };
    return {
        ...who,
        accounts: who.accounts.filter((account) => certain(account, `account ${account}`)),
        organizations: who.organizations.filter((id) => certain(undefined, `organization ${id}`)),
        everyone: who.everyone && certain(undefined, 'everyone'),
    };
}
const expectations = registryCheck({
    id: 'access/expectations',
    title: 'The audit policy says who may push to each repository.',
    severities: ['low'],
    means: 'The audit policy has no expectation `push` for the repositories in the evidence.',
    why: 'Without an expectation, the audit cannot tell whether the principals that can push there should be able to.',
    fix: 'In the audit policy, add `push` to an entry under `repositories:` that matches them.',
    nearest: 'none',
    reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html',
    needs: { repositories: repositories },
    judge(facts, { registry }, report) {
        if (facts.repositories.length === 0)
            return report.doesNotApply();
        const names = facts.repositories
            .filter(({ expected }) => expected.push === undefined)
            .map(({ repository }) => repository.name);
        if (names.length === 0)
            return;
        report.fail({
            what: `The audit policy does not say who may push to ${count(names.length, 'repository', 'repositories')} of ${registry.host}: ${list(names)}.`,
            toDo: 'Add push to an entry under repositories that matches them.',
            evidence: { repositories: some(names), count: names.length },
            items: names,
        });
    },
});

;// CONCATENATED MODULE: ./audit/checks/access/repository.js








const repository_GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
/** The facts that decide who can do what with a repository. */
const deciding = {
    policy: repositoryPolicy,
    registryPolicy: registryPolicy,
    scope: policyScope,
    everyone: everyone,
};
/** Compares the rows about a repository with an expectation. */
function repository_judge(about, facts, judged, report) {
    const { world, registry, repository } = about;
    const { abilities, does, what, key } = judged;
    noteGaps(about, facts, report);
    report.attempt(() => void facts.everyone);
    const others = world
        .rowsAbout(repository.arn)
        .filter((row) => !world.isExempt(row.principal, registry.account) && !judged.isExpected(row));
    const having = others.filter(({ answer }) => holdingOf(answer, abilities) === 'has');
    noteUnknown(others.filter(({ answer }) => holdingOf(answer, abilities) === 'unknown'), abilities, `${does} ${repository.name}`, world, report);
    if (having.length === 0)
        return;
    const proposal = proposalFor(about);
    const document = proposal !== undefined && 'document' in proposal ? proposal.document : undefined;
    const shown = some(having);
    const changes = new Set(shown.flatMap(({ answer }) => changesFor(decisionsOf(answer, abilities), what)));
    const [example] = changes;
    const change = example === undefined ? '' : `${capital(example)}. `;
    report.fail({
        what: `${count(having.length, 'principal')} can ${does} ${repository.name} and ${having.length === 1 ? 'is' : 'are'} not listed in ${key} of the audit policy: ${list(having.map(({ principal }) => principal))}.`,
        toDo: `${change}Deny it in the repository policy to every principal that is not expected. If these principals should have this access, add them to ${key} in the audit policy.`,
        evidence: {
            principals: shown.map((row) => rowJson(row, abilities)),
            changes: some([...changes]),
            ...(proposal !== undefined && 'withheld' in proposal ? { noProposedPolicy: proposal.withheld } : {}),
        },
        ...(document === undefined
            ? repository_commandFor(having, abilities)
            : {
                command: commandsFor(registry, { repository: repository.name }).put,
                document: () => document,
            }),
        items: having.map(({ principal }) => principal),
    });
}
/**
 * If there is no policy to set: the command that changes the first identity policy of a role that allows the access.
 */
function repository_commandFor(rows, abilities) {
    for (const { kind, principal, answer } of rows) {
        const policy = kind === 'role' ? allowingPolicy(decisionsOf(answer, abilities)) : undefined;
        if (policy !== undefined)
            return { command: changePolicy(principal, policy) };
    }
    return {};
}
function rowJson({ principal, kind, answer }, abilities) {
    const decisions = decisionsOf(answer, abilities);
    const conditions = new Set(decisions.flatMap((one) => one.conditions));
    const because = new Set(decisions.flatMap((one) => one.because));
    return {
        principal,
        kind,
        ...Object.fromEntries(abilities.map((ability) => [ability, answer[ability] ?? 'denied'])),
        ...(conditions.size === 0 ? {} : { conditions: [...conditions].slice(0, MOST_REASONS) }),
        because: distinctBecause([...because]).slice(0, MOST_REASONS),
    };
}
const MOST_REASONS = 5;
const push = repositoryCheck({
    id: 'access/push',
    title: 'Only principals that are expected to push can push.',
    severities: ['high'],
    means: 'A principal can push or move tags, perhaps only under conditions, and is not listed in `push`. The root user of the account, service-linked roles and `administrators` are not checked.',
    why: 'Anyone who can push can replace what is deployed, whatever the pipeline checks.',
    fix: 'Remove the permission from the statement in the evidence, or set the proposed repository policy.',
    nearest: 'IAM Access Analyzer finds external access and unused permissions. No tool compares the principals that can push with those that should.',
    reference: `${repository_GUIDE}/security-iam.html`,
    needs: deciding,
    applies: ({ expected }) => expected.push !== undefined,
    judge(facts, about, report) {
        const { expected } = about;
        const judged = {
            abilities: ['push', 'retag'],
            does: 'push to',
            what: 'push',
            key: 'push',
            isExpected: ({ principal }) => isExpected(principal, expected.push),
        };
        repository_judge(about, facts, judged, report);
    },
});
const pull = repositoryCheck({
    id: 'access/pull',
    title: 'Only principals that are expected to pull can pull.',
    severities: ['medium'],
    means: 'A principal can pull, perhaps only under conditions, is listed neither in `pull` nor in `push`, and is not in an account in `pull-accounts`.',
    why: 'Images contain code, and often other data that should not leave the team.',
    fix: 'Remove the permission from the statement in the evidence, or set the proposed repository policy.',
    nearest: 'none',
    reference: `${repository_GUIDE}/security-iam.html`,
    needs: deciding,
    applies: ({ expected }) => expected.pull !== undefined,
    judge(facts, about, report) {
        const { expected } = about;
        const judged = {
            abilities: ['pull'],
            does: 'pull from',
            what: 'pull',
            key: 'pull',
            isExpected: ({ principal }) => isExpected(principal, expected.pull, expected.push) || isOfPuller(principal, about),
        };
        repository_judge(about, facts, judged, report);
    },
});
const administer = repositoryCheck({
    id: 'access/administer',
    title: 'Only principals that are expected to administer can delete or change settings.',
    severities: ['high'],
    means: 'A principal can delete images or the repository, or change its policies or settings, perhaps only under conditions, and is not listed in `administer`.',
    why: 'A principal that can change the repository policy can allow itself to push. A principal that can delete can remove images that run.',
    fix: 'Remove the permission from the statement in the evidence, or set the proposed repository policy.',
    nearest: 'none',
    reference: `${repository_GUIDE}/security-iam.html`,
    needs: deciding,
    applies: ({ expected }) => expected.administer !== undefined,
    judge(facts, about, report) {
        const { expected } = about;
        const judged = {
            abilities: ['administer', 'delete'],
            does: 'administer',
            what: 'delete and control actions',
            key: 'administer',
            isExpected: ({ principal }) => isExpected(principal, expected.administer),
        };
        repository_judge(about, facts, judged, report);
    },
});

;// CONCATENATED MODULE: ./audit/checks/access/workloads.js









const workloads_WRITES = ['push', 'retag', 'delete', 'administer'];
function usesOf(workloads, severity) {
    const gaps = new Report(severity);
    const by = [];
    for (const fact of workloads)
        gaps.attempt(() => by.push(...gaps.read(fact)));
    return { by: [...new Set(by)], gaps };
}
/** Whether there is nothing to check about a role. */
function isLeftOut({ world, principal }) {
    return world_isServiceLinked(principal.arn) || world.isAdministrator(principal.arn);
}
/** Whether the audit policy names a principal in `push` of a repository. A registry has no such list. */
function mayWrite(world, { repository, principal }) {
    return isExpected(principal, world.expectedOf(repository)?.push);
}
const workloadWrites = roleCheck({
    id: 'access/workload-writes',
    title: 'Workloads cannot change images.',
    severities: ['high'],
    means: 'The role of an ECS, EKS or Lambda workload can push, retag, delete or administer, or control the registry, and `push` of the repository does not name it.',
    why: 'An attacker who compromises the workload can replace its image and other images, and so stays in control after a redeployment.',
    fix: 'Remove the permission from the role. A workload only needs to pull.',
    nearest: 'none',
    reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html',
    needs: {
        workloads: workloads,
        repositories: allRepositories,
        scopes: policyScopes,
    },
    applies: (about) => !isLeftOut(about),
    judge(facts, { world, principal }, report) {
        const rows = world.rowsOf(principal.arn).filter((row) => !mayWrite(world, row));
        const having = rows.filter(({ answer }) => holdingOf(answer, workloads_WRITES) === 'has');
        const unknown = rows.filter(({ answer }) => holdingOf(answer, workloads_WRITES) === 'unknown');
        const doubts = new Report('high');
        noteUnknown(unknown, workloads_WRITES, 'change images', world, doubts);
        doubts.attempt(() => void facts.repositories);
        doubts.attempt(() => void facts.scopes);
        const mayFail = having.length + doubts.unknowns.length > 0;
        const { by, gaps } = usesOf(facts.workloads, 'high');
        if (by.length === 0) {
            // Workloads do not matter if their role cannot change images.
            return mayFail && gaps.unknowns.length > 0 ? report.include(gaps) : report.doesNotApply();
        }
        report.include(doubts);
        if (having.length === 0)
            return;
        const decisions = having.flatMap(({ answer }) => decisionsOf(answer, workloads_WRITES));
        const changes = changesFor(decisions, 'all that changes images');
        const policy = allowingPolicy(decisions);
        report.fail({
            what: `${principal.arn}, the role of ${list(by)}, can change images of ${count(having.length, 'repository or registry', 'repositories or registries')}: ${list(having.map(({ repository }) => repository))}.`,
            toDo: `${changes[0] === undefined ? 'Remove the permission' : capital(changes[0])}. A workload only needs to pull.`,
            evidence: {
                usedBy: some(by),
                resources: some(having).map(({ repository, answer }) => ({
                    resource: repository,
                    ...Object.fromEntries(workloads_WRITES.flatMap((ability) => (answer[ability] === undefined ? [] : [[ability, answer[ability]]]))),
                })),
                because: some(distinctBecause(decisions.flatMap(({ because }) => because))),
                changes: some(changes),
            },
            ...(policy === undefined ? {} : { command: changePolicy(principal.arn, policy) }),
            items: having.map(({ repository }) => repository),
        });
    },
});
function workloads_severityOf({ kind }) {
    return kind === 'data' ? 'low' : 'medium';
}
const workloadDangers = roleCheck({
    id: 'access/workload-dangers',
    title: 'Workloads have no dangerous permissions.',
    severities: ['medium', 'low'],
    means: 'The role of an ECS, EKS or Lambda workload has dangerous permissions without a condition. Medium: `*`, or IAM write actions, iam:PassRole or sts:AssumeRole on `*` (except iam:CreateServiceLinkedRole and actions on instance profiles). Low: access to secrets, keys or buckets on `*`.',
    why: 'An attacker who compromises the workload has the permissions of its role.',
    fix: 'Limit the statement to the resources that the workload needs.',
    nearest: 'Security Hub IAM.1, Prowler `iam_customer_attached_policy_no_administrative_privileges` and `iam_policy_allows_passrole_without_condition` check single policies. They do not check which workloads use a policy, and ignore boundaries and Denies of other policies.',
    reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    needs: { workloads: workloads },
    applies: (about) => !isLeftOut(about),
    judge(facts, { world, principal }, report) {
        const { dangers, unknown } = permissionsOf(principal, world.evaluator);
        const found = dangers.filter(({ conditioned }) => !conditioned);
        const { by, gaps } = usesOf(facts.workloads, worst(found.map(workloads_severityOf)) ?? 'medium');
        if (by.length === 0) {
            const mayFail = found.length + unknown.length > 0;
            return mayFail && gaps.unknowns.length > 0 ? report.include(gaps) : report.doesNotApply();
        }
        for (const reason of unknown) {
            report.unknown(reason, { missing: world.missingFor([reason]) });
        }
        for (const danger of found) {
            const severity = workloads_severityOf(danger);
            if (danger.verdict === 'unknown') {
                report.unknown(`whether ${principal.arn} has ${danger.text}: ${list(danger.unknown)}`, {
                    severity,
                    missing: world.missingFor(danger.unknown),
                });
                continue;
            }
            const { text, policy, sid } = danger;
            report.fail({
                severity,
                what: `${principal.arn}, the role of ${list(by)}, has ${text}, by statement ${sid} of the policy ${policy}.`,
                toDo: 'Limit the statement to the resources that the workload needs.',
                evidence: { usedBy: some(by), dangers: [{ permission: text, policy, statement: sid }] },
                command: changePolicy(principal.arn, policy),
                items: [text],
            });
        }
    },
});

;// CONCATENATED MODULE: ./audit/checks/access/index.js
/** Who can do what, against what is expected. */






;// CONCATENATED MODULE: ./audit/pushed-to.js
/** Which repositories principals push to, and which belong to pull-through caches. */



/** The prefix of the rule that caches into the whole registry. */
const ROOT = 'ROOT';
/**
 * How the names of repositories begin to which a cache rule or a creation template applies: `team/`; empty for `ROOT`. ECR
 * takes a prefix with a slash at its end and without (ECR service model, PullThroughCacheRuleRepositoryPrefix and Prefix).
 */
function namespaceOf({ prefix }) {
    return prefix === ROOT ? '' : prefix.replace(/\/?$/, '/');
}
/** Whether a repository is in the namespace of a cache rule. */
function isUnder(rule, repository) {
    return repository.startsWith(namespaceOf(rule));
}
/** The expectations for repositories that are created in the namespace of a cache rule or template. */
function expectationsUnder({ expectations }, { account }, place) {
    return expectationsFor(expectations, { name: `${namespaceOf(place)}repository`, account });
}
/** Why a repository is known to be pushed to. Undefined if nothing shows it. */
function whyPushedTo({ expected, repository, world }, facts, report) {
    if (expected.push !== undefined && expected.push.length > 0)
        return 'push is expected';
    const { policy } = facts;
    if (policy === undefined)
        return undefined;
    const document = world.document(policy, 'repository');
    const unreadable = !document.readable || document.statements.some(({ readable }) => !readable);
    if (unreadable)
        report.unknown(`the policy of ${words_name(repository.name)} could not be read`);
    const grants = document.readable &&
        document.statements.some((statement) => statement.readable && statement.effect === 'Allow' && isAbout(statement, 'ecr:PutImage'));
    return grants ? 'its policy grants push' : undefined;
}
/**
 * Whether a repository belongs to a pull-through cache: it is in the namespace of a rule, and no principal pushes to
 * it. If the whole registry is a cache, only a repository with an empty `push` list counts.
 */
function isOfCache(about, facts, report) {
    const rules = facts.cacheRules.filter((rule) => isUnder(rule, about.repository.name));
    if (rules.length === 0)
        return false;
    if (rules.every(({ prefix }) => prefix === ROOT) && about.expected.push?.length !== 0)
        return false;
    return whyPushedTo(about, facts, report) === undefined;
}

;// CONCATENATED MODULE: ./audit/lifecycle/patterns.js
/**
 * Tag patterns as ECR's lifecycle rules use them: `*` stands for any characters, or none; everything else stands for
 * itself. Which tags a pattern matches, whether one pattern includes another, and examples of tags.
 *
 * To find a tag that some patterns match and others do not, the product of their automata is searched. The caller
 * limits the time of that search. The time of the other functions is proportional to the product of two lengths.
 */
/** The characters of a tag, in the order in which examples use them. */
const TAG_CHARACTERS = '1234567890xyzabcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ_.-';
/** About half a second. */
const EFFORT = 2_000_000;
/** Compiles a pattern to a test whether it matches a whole tag. Keep the test to use it for many tags. */
function compile(pattern) {
    const [first = '', ...rest] = pattern.split('*');
    const last = rest.pop();
    if (last === undefined)
        return (tag) => tag === pattern;
    return (tag) => {
        if (tag.length < first.length + last.length || !tag.startsWith(first) || !tag.endsWith(last))
            return false;
        const end = tag.length - last.length;
        let at = first.length;
        for (const part of rest) {
            const found = tag.indexOf(part, at);
            if (found < 0 || found + part.length > end)
                return false;
            at = found + part.length;
        }
        return true;
    };
}
/** Whether a pattern matches a whole tag. */
function patterns_matches(pattern, tag) {
    return compile(pattern)(tag);
}
/**
 * Whether a pattern matches every text that another one matches. Replace each `*` of the inner pattern by a character
 * that the outer pattern does not contain. Only a `*` of the outer pattern can match that character, and it then also
 * matches everything that the `*` of the inner pattern matches. A single text is therefore enough to decide.
 *
 * For the same reason, several patterns together include a pattern only if one of them does.
 */
function includes(outer, inner) {
    let foreign = 0xe000;
    while (outer.includes(String.fromCharCode(foreign)))
        foreign += 1;
    return patterns_matches(outer, inner.replaceAll('*', String.fromCharCode(foreign)));
}
/** Whether there is a text that both patterns match. */
function intersects(a, b) {
    const width = b.length + 1;
    const seen = new Uint8Array((a.length + 1) * width);
    const open = [0];
    seen[0] = 1;
    const visit = (i, j) => {
        const at = i * width + j;
        if (seen[at] === 1)
            return;
        seen[at] = 1;
        open.push(at);
    };
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
        const [i, j] = [Math.floor(at / width), at % width];
        if (i === a.length && j === b.length)
            return true;
        // A `*` ends, or matches the next character of the other pattern.
        if (a[i] === '*') {
            visit(i + 1, j);
            if (j < b.length)
                visit(i, j + 1);
        }
        if (b[j] === '*') {
            visit(i, j + 1);
            if (i < a.length)
                visit(i + 1, j);
        }
        if (i < a.length && j < b.length && a[i] === b[j])
            visit(i + 1, j + 1);
    }
    return false;
}
/** An example of a tag that a pattern matches: `prod-1` for `prod-*`. */
function sample(pattern) {
    return fill(pattern, '1');
}
function fill(pattern, character) {
    return pattern.replace(/\*+/g, character);
}
/**
 * Searches for a tag that matches all patterns of a list and does not match all patterns of any other group.
 * @param all the patterns that the tag has to match; at least one
 * @param notAllOf groups of patterns. In each group, there must be a pattern that the tag does not match
 * @param effort the limit of the search, which is reduced by the steps that it takes
 */
function findTag(all, notAllOf, effort) {
    if (notAllOf.some((group) => group.length === 0))
        return 'none';
    const patterns = [...all, ...notAllOf.flat()];
    // By code units, in the same way as the automata.
    const literal = new Set(patterns.join('').replaceAll('*', '').split(''));
    const foreign = [...TAG_CHARACTERS].find((character) => !literal.has(character));
    // If one pattern is equivalent to all of them, a single tag decides, as in `includes`.
    const narrowest = all.find((inner) => all.every((outer) => includes(outer, inner)));
    if (narrowest !== undefined && foreign !== undefined) {
        const tag = fill(narrowest, foreign);
        const avoids = notAllOf.every((group) => group.some((pattern) => !patterns_matches(pattern, tag)));
        return avoids && tag !== '' ? { tag } : 'none';
    }
    const alphabet = foreign === undefined ? [...literal] : [foreign, ...literal];
    return patterns_walk(all, notAllOf, alphabet, effort);
}
/** Finds the shortest such tag over an alphabet, breadth first. */
function patterns_walk(all, notAllOf, alphabet, effort) {
    const wanted = all.map((pattern) => new Automaton(pattern));
    const groups = notAllOf.map((group) => group.map((pattern) => new Automaton(pattern)));
    const automata = [...wanted, ...groups.flat()];
    const start = { states: automata.map(() => 0), before: undefined, character: '' };
    const seen = new Set([start.states.join()]);
    const queue = [start];
    // The queue grows during the iteration.
    for (const place of queue) {
        if (place !== start && isFound(place.states))
            return { tag: textOf(place) };
        for (const character of alphabet) {
            effort.left -= automata.length;
            if (effort.left < 0)
                return 'undecided';
            const states = automata.map((automaton, at) => automaton.step(place.states[at] ?? DEAD, character));
            if (states.slice(0, wanted.length).includes(DEAD))
                continue;
            const key = states.join();
            if (seen.has(key))
                continue;
            seen.add(key);
            queue.push({ states, before: place, character });
        }
    }
    return 'none';
    function isFound(states) {
        let at = 0;
        const accepts = (automaton) => automaton.accepts(states[at++] ?? DEAD);
        if (!wanted.map(accepts).every(Boolean))
            return false;
        return groups.every((group) => !group.map(accepts).every(Boolean));
    }
    function textOf(end) {
        const characters = [];
        for (let place = end; place !== undefined; place = place.before) {
            characters.push(place.character);
        }
        return characters.reverse().join('');
    }
}
const DEAD = -1;
/**
 * A pattern as a deterministic automaton that is constructed on demand. A state is the set of positions in the pattern
 * that a text can lead to, starting at the last `*`: earlier positions add nothing to that `*`. The automaton therefore
 * has at most as many states as the pattern has characters, as in the Knuth-Morris-Pratt algorithm.
 */
class Automaton {
    pattern;
    numbers = new Map();
    states = [];
    steps = [];
    constructor(pattern) {
        this.pattern = pattern;
        this.stateOf([0]);
    }
    /** The state after one more character. */
    step(state, character) {
        if (state === DEAD)
            return DEAD;
        const known = this.steps[state]?.get(character);
        if (known !== undefined)
            return known;
        const next = new Set();
        for (const place of this.states[state] ?? []) {
            if (this.pattern[place] === '*')
                next.add(place);
            if (this.pattern[place] === character)
                next.add(place + 1);
        }
        const number = next.size === 0 ? DEAD : this.stateOf([...next]);
        this.steps[state]?.set(character, number);
        return number;
    }
    /** Whether the pattern matches what has been read. */
    accepts(state) {
        return state !== DEAD && (this.states[state]?.includes(this.pattern.length) ?? false);
    }
    stateOf(reached) {
        const places = new Set(reached);
        let star = -1;
        // A set grows while it is walked through.
        for (const place of places) {
            if (this.pattern[place] !== '*')
                continue;
            places.add(place + 1);
            star = Math.max(star, place);
        }
        const state = [...places].filter((place) => place >= star).sort((a, b) => a - b);
        const key = state.join();
        const known = this.numbers.get(key);
        if (known !== undefined)
            return known;
        const number = this.states.push(state) - 1;
        this.steps.push(new Map());
        this.numbers.set(key, number);
        return number;
    }
}

;// CONCATENATED MODULE: ./audit/scan-rules.js

/** How often images are scanned. Continuous scanning takes precedence over scanning on push. */
const FREQUENCIES = ['CONTINUOUS_SCAN', 'SCAN_ON_PUSH', 'MANUAL'];
function asFrequency(word) {
    return FREQUENCIES.find((known) => known === word);
}
/**
 * How often images are scanned according to the filters of the rules.
 * @param names a name, or a pattern of names, all of which have to be covered by one filter
 * @returns undefined if a rule with an unknown frequency covers them
 */
function frequencyByRules({ rules }, names) {
    const covering = rules.filter(({ filters }) => filters.some((filter) => scan_rules_covers(filter, names)));
    const found = covering.map(({ frequency }) => asFrequency(frequency));
    if (found.includes('CONTINUOUS_SCAN'))
        return 'CONTINUOUS_SCAN';
    if (found.includes(undefined))
        return undefined;
    return found.includes('SCAN_ON_PUSH') ? 'SCAN_ON_PUSH' : 'MANUAL';
}
function scan_rules_covers(filter, names) {
    return includes(filter.includes('*') ? filter : `*${filter}*`, names);
}
/** The rules with one more filter: a new rule where there is none of that frequency. */
function rulesWith({ rules }, frequency, filter) {
    const at = rules.findIndex((rule) => rule.frequency === frequency);
    const all = at === -1
        ? [...rules, { frequency, filters: [filter] }]
        : rules.map((rule, index) => (index === at ? { ...rule, filters: [...rule.filters, filter] } : rule));
    return asJson(all);
}
/** The rules in the form of put-registry-scanning-configuration. */
function asJson(rules) {
    return rules.map(({ frequency, filters }) => ({
        scanFrequency: frequency,
        repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })),
    }));
}

;// CONCATENATED MODULE: ./audit/checks/cache.js
/** Pull-through caches: whether they work, whether the cached images are scanned, and which images they can fetch. */





const cache_GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
/** By the values of UpstreamRegistry. */
const UPSTREAMS = {
    ecr: { called: 'Amazon ECR', needsCredential: false, isOpen: false },
    'ecr-public': { called: 'Amazon ECR Public', needsCredential: false, isOpen: true },
    quay: { called: 'Quay', needsCredential: false, isOpen: true },
    k8s: { called: 'the Kubernetes registry', needsCredential: false, isOpen: false },
    'docker-hub': { called: 'Docker Hub', needsCredential: true, isOpen: true },
    'github-container-registry': { called: 'GitHub', needsCredential: true, isOpen: true },
    'azure-container-registry': { called: 'Azure', needsCredential: true, isOpen: false },
    'gitlab-container-registry': { called: 'GitLab', needsCredential: true, isOpen: true },
    chainguard: { called: 'Chainguard', needsCredential: true, isOpen: false },
};
/** By the host, for rules that do not name the registry. */
const HOSTS = [
    [/^public\.ecr\.aws$/, 'ecr-public'],
    [/^quay\.io$/, 'quay'],
    [/^registry\.k8s\.io$/, 'k8s'],
    [/^registry-1\.docker\.io$/, 'docker-hub'],
    [/^ghcr\.io$/, 'github-container-registry'],
    [/\.azurecr\.io$/, 'azure-container-registry'],
    [/^registry\.gitlab\.com$/, 'gitlab-container-registry'],
    [/^cgr\.dev$/, 'chainguard'],
    [/^\d{12}\.dkr\.ecr\./, 'ecr'],
];
function upstreamOf({ upstream, upstreamUrl, }) {
    const host = cache_hostOf(upstreamUrl);
    const word = upstream ?? HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? '';
    const found = Object.hasOwn(UPSTREAMS, word) ? UPSTREAMS[word] : undefined;
    return found === undefined ? undefined : { ...found, word };
}
function cache_hostOf(url) {
    return (url.replace(/^https:\/\//, '').split('/', 1)[0] ?? '').toLowerCase();
}
function unknownUpstream({ upstream, upstreamUrl }) {
    return `the upstream registry ${words_name(upstream ?? upstreamUrl)} is unknown`;
}
const credentials = cacheRuleCheck({
    id: 'cache/credentials',
    title: 'The cache can authenticate to its upstream registry.',
    severities: ['medium'],
    means: 'The upstream registry requires credentials (Docker Hub, GitHub, GitLab, Azure, Chainguard) and the rule has none; an ECR registry of another account requires a role and the rule has none; or, with `validate-cache`, ECR reports that the rule does not work.',
    why: 'Images that are not cached yet cannot be pulled, and cached images are no longer refreshed.',
    fix: 'Store the credentials in Secrets Manager, and name the secret in the rule.',
    nearest: 'none',
    reference: `${cache_GUIDE}/pull-through-cache-creating-rule.html`,
    needs: { validation: validation },
    judge(facts, { registry, rule }, report) {
        const upstream = upstreamOf(rule);
        const change = (option, value) => aws('ecr update-pull-through-cache-rule', {
            'ecr-repository-prefix': rule.prefix,
            [option]: value,
            region: registry.region,
        });
        if (upstream === undefined)
            report.unknown(unknownUpstream(rule));
        else if (upstream.needsCredential && !rule.hasCredential) {
            report.fail({
                what: `The cache rule ${words_name(rule.prefix)} has no credentials for ${upstream.called}, which requires them.`,
                toDo: 'Store credentials in Secrets Manager, and name the secret in the rule.',
                evidence: { upstream: rule.upstreamUrl },
                command: change('credential-arn', 'SECRET-ARN'),
            });
        }
        else if (upstream.word === 'ecr' && !rule.hasRole) {
            const account = /^(\d{12})\.dkr\.ecr\./.exec(cache_hostOf(rule.upstreamUrl))?.[1];
            if (account === undefined)
                report.unknown(`the account of the upstream ${words_name(rule.upstreamUrl)} is unknown`);
            else if (account !== registry.account) {
                report.fail({
                    what: `The cache rule ${words_name(rule.prefix)} reads from the registry of ${account} and has no role for it.`,
                    toDo: 'Name a role in the rule that can read from that registry.',
                    evidence: { upstream: rule.upstreamUrl },
                    command: change('custom-role-arn', 'ROLE-ARN'),
                });
            }
        }
        const { validation } = facts;
        if (validation?.isValid !== false)
            return;
        report.fail({
            what: `ECR reports that the cache rule ${words_name(rule.prefix)} does not work${validation.failure === undefined ? '' : `: ${words_name(validation.failure)}`}.`,
            toDo: 'Correct the problem that ECR names, and validate the rule again.',
            evidence: { failure: validation.failure ?? null },
            command: aws('ecr validate-pull-through-cache-rule', {
                'ecr-repository-prefix': rule.prefix,
                region: registry.region,
            }),
        });
    },
});
const scanned = cacheRuleCheck({
    id: 'cache/scanned',
    title: 'Cached images are scanned.',
    severities: ['high'],
    means: 'No scanning rule covers `PREFIX/*`.',
    why: 'Images from other publishers are cached and deployed without a scan. A creation template cannot turn on scanning.',
    fix: 'Add the filter `PREFIX/*` to a scanning rule of the registry.',
    nearest: 'none',
    reference: `${cache_GUIDE}/image-scanning-filters.html`,
    needs: { scanning: scanning },
    judge({ scanning }, { registry, rule }, report) {
        const names = `${namespaceOf(rule)}*`;
        const frequency = frequencyByRules(scanning, names);
        if (frequency === undefined)
            return report.unknown('the scan frequency of a rule is unknown');
        if (frequency !== 'MANUAL')
            return;
        report.fail({
            what: `No scanning rule of the registry covers ${words_name(names)}, into which ${words_name(rule.upstreamUrl)} is cached.`,
            toDo: `Add the filter ${words_name(names)} to a scanning rule.`,
            evidence: { filter: names },
            command: aws('ecr put-registry-scanning-configuration', {
                'scan-type': scanning.scanType,
                rules: 'file://rules.json',
                region: registry.region,
            }),
            document: () => rulesWith(scanning, scanning.scanType === 'ENHANCED' ? 'CONTINUOUS_SCAN' : 'SCAN_ON_PUSH', names),
        });
    },
});
const openUpstream = cacheRuleCheck({
    id: 'cache/open-upstream',
    title: 'A missing name of your own is not fetched from a public registry.',
    severities: ['high'],
    means: 'The prefix also contains repositories that you push to (`push` is expected, or the repository policy grants it), and anyone can register names in the upstream registry.',
    why: 'ECR fetches a name that does not exist here from the upstream registry. After a typing error, or after a repository was deleted, an image of someone else is pulled.',
    fix: 'Give the cache its own prefix, or an upstream prefix that you own.',
    nearest: 'none',
    reference: `${cache_GUIDE}/pull-through-cache.html`,
    needs: { repositories: repositories, names: repositoryNames },
    judge(facts, { registry, rule }, report) {
        const upstream = upstreamOf(rule);
        if (upstream === undefined)
            return report.unknown(unknownUpstream(rule));
        const isOneNamespace = rule.upstreamPrefix !== undefined && rule.upstreamPrefix !== ROOT;
        if (!upstream.isOpen || isOneNamespace)
            return;
        const selected = facts.repositories.filter(({ repository }) => isUnder(rule, repository.name));
        const found = [];
        for (const about of selected) {
            report.attempt(() => {
                const { repository } = about;
                const why = whyPushedTo(about, {
                    get policy() {
                        return report.read(repository.policy);
                    },
                }, report);
                if (why !== undefined)
                    found.push({ name: repository.name, why });
            });
        }
        if (found.length === 0) {
            const names = new Set(selected.map(({ repository }) => repository.name));
            const others = facts.names.filter((one) => isUnder(rule, one) && !names.has(one));
            if (others.length > 0) {
                report.unknown(`whether principals push to ${list(others)}, which the input repositories excludes`);
            }
            return;
        }
        report.fail({
            what: `${count(found.length, 'repository', 'repositories')} under ${rule.prefix === ROOT ? 'the root of the registry' : words_name(rule.prefix)} ${found.length === 1 ? 'is' : 'are'} pushed to (${list(found.map((one) => one.name))}), and names that do not exist there are fetched from ${upstream.called}, where anyone may register them.`,
            toDo: 'Give the cache its own prefix.',
            evidence: { upstream: rule.upstreamUrl, repositories: some(found) },
            command: aws('ecr delete-pull-through-cache-rule', {
                'ecr-repository-prefix': rule.prefix,
                region: registry.region,
            }),
            items: found.map((one) => one.name),
        });
    },
});
const template = cacheRuleCheck({
    id: 'cache/template',
    title: 'Cached images expire.',
    severities: ['low'],
    means: 'No creation template gives cached repositories a lifecycle policy.',
    why: 'Without a template, repositories that the cache creates have no lifecycle policy, and every image that was pulled once is kept.',
    fix: 'Create a template for the prefix with a lifecycle policy.',
    nearest: 'none',
    reference: `${cache_GUIDE}/repository-creation-templates.html`,
    needs: { templates: templates },
    judge({ templates }, { world, registry, rule }, report) {
        const found = templateFor(rule, templates);
        if (found?.lifecyclePolicy !== undefined)
            return;
        const isOwn = found !== undefined && namespaceOf(found) === namespaceOf(rule);
        report.fail({
            what: found === undefined
                ? `No creation template applies to images that are cached under ${words_name(rule.prefix)}, so all of them are kept.`
                : `The creation template ${words_name(found.prefix)}, which applies to images that are cached under ${words_name(rule.prefix)}, has no lifecycle policy.`,
            toDo: 'Give the template for the prefix a lifecycle policy.',
            evidence: { template: found?.prefix ?? null },
            command: aws(isOwn ? 'ecr update-repository-creation-template' : 'ecr create-repository-creation-template', {
                prefix: isOwn ? found.prefix : rule.prefix,
                ...(isOwn ? {} : { 'applied-for': 'PULL_THROUGH_CACHE' }),
                'lifecycle-policy': 'file://lifecycle.json',
                region: registry.region,
            }),
            // Signatures can be untagged, and AWS does not document whether such a rule selects them.
            document: () => (expectationsUnder(world, registry, rule).signed ? undefined : REPLACED_IMAGES_EXPIRE),
        });
    },
});
/**
 * When the cache moves a tag, the previous image becomes untagged. A rule that also selects tagged images could expire
 * deployed images, which `template/lifecycle` reports.
 */
const REPLACED_IMAGES_EXPIRE = {
    rules: [
        {
            rulePriority: 1,
            description: 'Expire images that the cache replaced',
            selection: {
                tagStatus: 'untagged',
                countType: 'sinceImagePushed',
                countUnit: 'days',
                countNumber: 90,
            },
            action: { type: 'expire' },
        },
    ],
};
/** The template that ECR uses for repositories of a cache rule: the most specific one, or the default. */
function templateFor(rule, templates) {
    const applying = templates.filter((one) => one.appliedFor.includes('PULL_THROUGH_CACHE') && namespaceOf(rule).startsWith(namespaceOf(one)));
    return applying.toSorted((a, b) => namespaceOf(b).length - namespaceOf(a).length)[0];
}

;// CONCATENATED MODULE: ./audit/checks/encryption.js
/** The keys that encrypt repositories. */



/** States in which a key cannot decrypt (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html). */
const UNUSABLE = ['Disabled', 'PendingDeletion', 'PendingReplicaDeletion', 'PendingImport', 'Unavailable'];
const TYPES = ['AES256', 'KMS', 'KMS_DSSE'];
const encryption_key = repositoryCheck({
    id: 'encryption/key',
    title: 'The key that encrypts the repository can be used.',
    severities: ['high'],
    means: 'The KMS key of the repository is disabled, pending deletion, or otherwise unusable.',
    why: 'Images cannot be pulled without the key, and are lost when it is deleted.',
    fix: 'Enable the key, or cancel its deletion.',
    nearest: 'Security Hub KMS.3 and Prowler `kms_cmk_not_deleted_unintentionally` find keys that are pending deletion. They do not check what the keys encrypt.',
    reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html',
    needs: { encryption: encryption, key: key },
    judge(facts, { registry, repository }, report) {
        const { type } = facts.encryption;
        if (type === 'AES256')
            return report.doesNotApply();
        if (!TYPES.includes(type))
            return report.unknown(`the encryption type ${words_name(type)} is unknown`);
        const { key: found } = facts;
        if (found === undefined)
            return report.unknown(`the key that encrypts ${words_name(repository.name)}`);
        if (found.state === 'Enabled')
            return;
        if (!UNUSABLE.includes(found.state))
            return report.unknown(`the state ${words_name(found.state)} of its key is unknown`);
        const id = facts.encryption.key ?? '';
        report.fail({
            what: `The KMS key of ${repository.name} is ${words_name(found.state)}${deletionOf(found)}: its images cannot be pulled.`,
            toDo: found.state.endsWith('Deletion')
                ? 'Cancel the deletion, and enable the key.'
                : 'Make the key usable again.',
            evidence: { key: id, state: found.state },
            command: aws(found.state.endsWith('Deletion') ? 'kms cancel-key-deletion' : 'kms enable-key', {
                'key-id': id,
                region: registry.region,
            }),
        });
    },
});
function deletionOf({ deletionDate }) {
    return deletionDate === undefined ? '' : ` and is deleted on ${dayOf(deletionDate)}`;
}
const customerKey = repositoryCheck({
    id: 'encryption/customer-key',
    title: 'The repository is encrypted with a customer managed key.',
    severities: ['low'],
    means: 'The audit policy expects a customer managed key (`customer-key`), and the repository has none.',
    why: 'Only for a customer managed key can you limit the principals that use it, audit its use, and revoke it.',
    fix: 'Create a repository with the key and copy the images: the encryption of an existing repository cannot be changed.',
    nearest: 'Security Hub ECR.5 (AWS Config `ecr-repository-cmk-encryption-enabled`), Prowler `ecr_repository_encrypted_with_cmk`, Checkov CKV_AWS_136 and Trivy AVD-AWS-0033 require it of every repository; Checkov accepts any KMS key.',
    reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html',
    needs: { encryption: encryption, key: key },
    applies: ({ expected }) => expected.customerKey,
    judge(facts, { registry, repository }, report) {
        const { type } = facts.encryption;
        if (!TYPES.includes(type))
            return report.unknown(`the encryption type ${words_name(type)} is unknown`);
        const manager = type === 'AES256' ? 'none' : facts.key?.manager;
        if (manager === 'CUSTOMER')
            return;
        if (manager !== 'none' && manager !== 'AWS')
            return report.unknown('who manages its key');
        report.fail({
            what: `${repository.name} is encrypted with ${manager === 'AWS' ? 'a key that AWS manages' : 'AES256'}.`,
            toDo: 'Create a repository with the key, and copy the images: the encryption of an existing repository cannot be changed.',
            evidence: { type, key: facts.encryption.key ?? null },
            command: aws('ecr create-repository', {
                'repository-name': `${repository.name}-encrypted`,
                'encryption-configuration': 'encryptionType=KMS,kmsKey=KEY-ARN',
                region: registry.region,
            }),
        });
    },
});

// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
;// CONCATENATED MODULE: ./audit/lifecycle/images.js
/** The digests of an index's entries; undefined for an index whose entries are unknown. */
function childrenOf({ isIndex, children }) {
    return children ?? (isIndex === false ? [] : undefined);
}
const LEGACY_SIGNATURE = /^sha256-([0-9a-f]{64})\.(?:sig|att|sbom)$/;
/**
 * The digest that a legacy tag of cosign refers to: `sha256-HEX.sig`, `.att` or `.sbom`. For ECR, such a signature,
 * attestation or SBOM is an ordinary tagged image with no subject.
 */
function legacySubject(tag) {
    const hex = LEGACY_SIGNATURE.exec(tag)?.[1];
    return hex === undefined ? undefined : `sha256:${hex}`;
}
/** Merges entries with the same digest. Members that differ are unknown. */
function withoutDuplicates(images) {
    const byDigest = new Map();
    for (const image of images) {
        const other = byDigest.get(image.digest);
        byDigest.set(image.digest, other === undefined ? image : agreement(image, other));
    }
    return byDigest.size === images.length ? images : [...byDigest.values()];
}
function agreement(a, b) {
    const agreed = (key) => comparable(a[key]) === comparable(b[key]) ? a[key] : undefined;
    return {
        digest: a.digest,
        tags: agreed('tags'),
        pushedAt: agreed('pushedAt'),
        lastPulledAt: agreed('lastPulledAt'),
        lastActivatedAt: agreed('lastActivatedAt'),
        archivedAt: agreed('archivedAt'),
        storageClass: agreed('storageClass'),
        isIndex: agreed('isIndex'),
        children: agreed('children'),
        subject: agreed('subject'),
    };
}
/** As text. The order of a list has no meaning. */
function comparable(value) {
    return JSON.stringify(Array.isArray(value) ? value.toSorted() : value) ?? '';
}

;// CONCATENATED MODULE: ./audit/lifecycle/certainty.js
/** Answers that may be unknown, ordered so that the lower of two is the answer for both together. */
const [certainty_NO, MAYBE, certainty_YES] = [0, 1, 2];

;// CONCATENATED MODULE: ./audit/lifecycle/indexes.js
/** Which images are entries of an existing index. */


class Indexes {
    /** By digest, for the entries of indexes. */
    entries = new Map();
    /** Images that are or may be indexes and whose entries are unknown. */
    unclear = new Set();
    constructor(images) {
        for (const image of images) {
            const children = childrenOf(image);
            if (children === undefined)
                this.unclear.add(image.digest);
            const held = image.storageClass === 'standard' ? certainty_YES : MAYBE;
            for (const digest of new Set(children)) {
                const entry = this.entries.get(digest) ?? { held, indexes: [] };
                this.entries.set(digest, entry);
                entry.indexes.push(image.digest);
                if (held > entry.held)
                    entry.held = held;
            }
        }
    }
    /** The digests of the indexes that list an image. */
    of(digest) {
        return this.entries.get(digest)?.indexes ?? [];
    }
    /**
     * Whether an index keeps an image from being acted on: "If an image is referenced by a manifest list, it cannot be
     * expired or archived without the manifest list being deleted or archived first". If the index is or may be archived,
     * that is uncertain.
     */
    hold(digest) {
        const held = this.entries.get(digest)?.held;
        if (held !== undefined)
            return held;
        return this.unclear.size > (this.unclear.has(digest) ? 1 : 0) ? MAYBE : certainty_NO;
    }
    /** Digests together with those of the indexes that list them, over any number of steps. */
    withIndexesOf(digests) {
        const all = new Set(digests);
        // The set grows during the iteration.
        for (const digest of all)
            for (const index of this.of(digest))
                all.add(index);
        return all;
    }
}

;// CONCATENATED MODULE: ./audit/images.js



/** Media types of the config of an image that can run; ECR reports them as `artifactMediaType`. */
const IMAGE_CONFIGS = [
    'application/vnd.oci.image.config.v1+json',
    'application/vnd.docker.container.image.v1+json',
];
/**
 * Whether something is an image or an index of images, and not an artifact: a signature, an attestation, a chart. If
 * that is uncertain, it counts as an image.
 */
function isImage({ subject, tags, artifactType, isIndex }) {
    if (typeof subject === 'string')
        return false;
    // cosign's legacy signatures have the config of an image. A further tag makes it something that can be deployed.
    if (tags !== undefined && tags.length > 0 && tags.every((tag) => legacySubject(tag) !== undefined)) {
        return false;
    }
    return isIndex !== false || artifactType === undefined || IMAGE_CONFIGS.includes(artifactType);
}
/** Whether everything that `isImage` depends on is known. */
function isCertainlyImage(image) {
    return (isImage(image) && image.subject !== undefined && image.tags !== undefined && image.isIndex !== undefined);
}
/** The images of a repository, for lookups. */
class ImageSet {
    images;
    indexes;
    byDigest;
    byTag = new Map();
    constructor(images) {
        this.images = images;
        this.indexes = new Indexes(images);
        this.byDigest = new Map(images.map((image) => [image.digest, image]));
        for (const image of images)
            for (const tag of image.tags ?? [])
                this.byTag.set(tag, image);
    }
    of(digest) {
        return this.byDigest.get(digest);
    }
    tagged(tag) {
        return this.byTag.get(tag);
    }
    /** Whether some image may have tags that were not read. */
    hasUnknownTags() {
        return this.images.some(({ tags }) => tags === undefined);
    }
}
/**
 * The newest image and the newest of each production pattern, several where they were pushed at the same time. Archived
 * images and artifacts do not count, and neither do untagged images that an index lists.
 */
function newestImages({ images, indexes }, { productionTags }) {
    const candidates = images.filter((image) => image.storageClass !== 'archive' &&
        isImage(image) &&
        !(image.tags?.length === 0 && indexes.of(image.digest).length > 0));
    const gaps = [];
    const unsure = candidates.filter(({ pushedAt, tags }) => !isDate(pushedAt) || tags === undefined);
    if (unsure.length > 0) {
        const reason = `the push time or the tags of ${unsure.length} images are unknown, so which images are the newest is not certain`;
        gaps.push({ reason, missing: [] });
    }
    const wanted = newestOf(candidates).map((image) => ({ image, as: 'newest' }));
    for (const pattern of productionTags) {
        const ofPattern = candidates.filter(({ tags }) => tags?.some((tag) => isTagOf(pattern, tag)));
        wanted.push(...newestOf(ofPattern).map((image) => ({ image, as: pattern })));
    }
    return { wanted, gaps };
}
function isTagOf(pattern, tag) {
    return patterns_matches(pattern, tag) && legacySubject(tag) === undefined;
}
function newestOf(images) {
    let newest = [];
    let time = Number.NEGATIVE_INFINITY;
    for (const image of images) {
        const pushed = isDate(image.pushedAt) ? image.pushedAt.getTime() : Number.NEGATIVE_INFINITY;
        if (pushed > time)
            newest = [];
        if (pushed >= time)
            newest.push(image);
        time = Math.max(time, pushed);
    }
    return newest;
}
function isDate(date) {
    return date !== null && date !== undefined && !Number.isNaN(date.getTime());
}
/** How deeply nested indexes are followed. */
const DEEPEST = 4;
/**
 * The platform images of an index, or the image itself. Attestations have the platform `unknown/unknown`, which no
 * runtime selects, and are left out.
 * @param architecture the architecture that runs, if known: then only images for it are returned, if there are any
 */
function platformImages(set, top, architecture) {
    const found = new Map();
    const gaps = [];
    const visit = (image, platform, depth) => {
        if (image.isIndex === undefined) {
            gaps.push(gap(`whether ${image.digest} is an index is unknown`));
            return;
        }
        if (!image.isIndex) {
            if (isImage(image))
                found.set(image.digest, { image, platform });
            return;
        }
        if (image.entries === undefined) {
            const reason = `what the index ${image.digest} lists was not read`;
            gaps.push(image.entriesGap ?? { reason, missing: ['ecr:BatchGetImage'] });
            return;
        }
        if (depth === DEEPEST) {
            gaps.push(gap(`the index ${image.digest} is in too many other indexes to be followed`));
            return;
        }
        for (const entry of entriesFor(image.entries, architecture)) {
            const child = set.of(entry.digest);
            if (child !== undefined)
                visit(child, entry.platform ?? platform, depth + 1);
            else
                gaps.push(gap(`${entry.digest}, which the index ${image.digest} lists, is not in the repository`));
        }
    };
    visit(top, undefined, 0);
    const all = [...found.values()];
    if (all.length === 0 && gaps.length === 0)
        gaps.push(gap(`${top.digest} lists no image of a platform`));
    return { images: all, gaps };
}
function entriesFor(entries, architecture) {
    const platforms = entries.filter(({ platform }) => platform !== 'unknown/unknown');
    const wanted = platforms.filter(({ platform }) => platform?.split('/')[1] === architecture);
    return architecture === undefined || wanted.length === 0
        ? platforms
        : platforms.filter((entry) => entry.platform === undefined || wanted.includes(entry));
}
function gap(reason) {
    return { reason, missing: [] };
}
/**
 * The digests of the images whose scan status the checks need: the newest ones, and those that run.
 * @param running digests of images or indexes that run
 */
function digestsToScan(images, expected, running) {
    const set = new ImageSet(images);
    const tops = newestImages(set, expected).wanted.map(({ image }) => image);
    for (const digest of running) {
        const image = set.of(digest);
        if (image !== undefined)
            tops.push(image);
    }
    return new Set(tops.flatMap((top) => platformImages(set, top).images.map(({ image }) => image.digest)));
}

;// CONCATENATED MODULE: ./audit/lifecycle/evaluate.js
/**
 * What a lifecycle policy does to the images of a repository at one time, by ECR's published rules (README.md).
 *
 * Within a storage class, only the first rule whose tag requirements an image matches can act on it: the rule governs
 * the image. Only the criterion of that rule decides whether it acts. A count rule counts every image that its tag
 * requirements select, whichever rule governs the image.
 *
 * If something about an image or a rule is unknown, the fate is uncertain unless all possibilities agree.
 */





const LAST_DATE_MS = 8.64e15;
/**
 * Evaluates a policy over all images of a repository. The order of the images does not matter, and an image that is
 * given twice counts once.
 */
function evaluate(policy, given, circumstances) {
    const images = withoutDuplicates(given);
    const indexes = new Indexes(images);
    const counted = Uint8Array.from(images, (image) => isCounted(image, indexes));
    const selections = policy.rules.map((rule) => evaluate_select(rule, images, counted));
    const now = circumstances.now.getTime();
    const fates = new Map();
    for (const [at, image] of images.entries()) {
        if (typeof image.subject !== 'string')
            fates.set(image.digest, fateOf(image, at));
    }
    followSubjects(images, indexes, fates);
    const acted = new Map();
    const perhaps = new Map();
    for (const image of images) {
        const fate = fates.get(image.digest);
        if (fate?.is === 'acted-on' && fate.subject === undefined)
            evaluate_append(acted, fate.rule, image);
        if (fate?.is !== 'uncertain' || typeof image.subject === 'string')
            continue;
        for (const { rule } of fate.may)
            evaluate_append(perhaps, rule, image);
    }
    const rules = selections.map(({ rule, matched }) => ({
        rule,
        identified: images.filter((_, at) => matched[at] === certainty_YES),
        perhapsIdentified: images.filter((_, at) => matched[at] === MAYBE),
        actsOn: acted.get(rule) ?? [],
        perhapsActsOn: perhaps.get(rule) ?? [],
        unrecordedPulls: unrecordedPulls(rule, circumstances.pullTimeExclusions),
    }));
    return { policy, images, indexes, now: circumstances.now, fates, rules };
    function fateOf(image, at) {
        if (indexes.hold(image.digest) === certainty_YES)
            return heldBy(image, indexes);
        const possible = [];
        let certain = false;
        for (const selection of selections) {
            const selects = selection.selects[at];
            if (selects === certainty_NO)
                continue;
            possible.push(underRule(selection, image, at, now));
            if (selects === certainty_YES) {
                certain = true;
                break;
            }
        }
        if (!certain)
            possible.push({ is: 'kept', why: 'no-rule' });
        possible.push(...doubtsAbout(image, indexes));
        return agreed(possible);
    }
}
function evaluate_append(map, key, value) {
    const list = map.get(key);
    if (list === undefined)
        map.set(key, [value]);
    else
        list.push(value);
}
function heldBy({ digest }, indexes) {
    return { is: 'kept', why: 'index', indexes: indexes.of(digest) };
}
/** Other possible fates of an image, if it is uncertain whether rules apply to it. */
function* doubtsAbout(image, indexes) {
    if (indexes.hold(image.digest) === MAYBE)
        yield heldBy(image, indexes);
    if (image.subject === undefined) {
        yield {
            is: 'uncertain',
            may: [],
            reasons: ['whether the image refers to another one, and so follows it, is unknown'],
        };
    }
}
function evaluate_select(rule, images, counted) {
    const hasTags = tagTest(rule);
    const selects = new Uint8Array(images.length);
    const matched = new Uint8Array(images.length);
    for (const [at, image] of images.entries()) {
        const certainty = Math.min(hasClass(rule, image), hasTags(image));
        selects[at] = certainty;
        matched[at] = Math.min(certainty, counted[at] ?? certainty_NO);
    }
    const acting = { rule, action: rule.action };
    return { rule, acting, selects, matched, underCount: counting(acting, images, matched) };
}
/** Consecutive images often have the same rank, whose fate is created once. */
function counting(acting, images, matched) {
    const { criterion } = acting.rule;
    const kept = criterion?.type === 'imageCountMoreThan' ? criterion.count : 0;
    let rankOf;
    let last;
    return (place) => {
        rankOf ??= ranking(images, matched);
        const { least, most } = rankOf(place);
        if (last?.rank.least === least && last.rank.most === most)
            return last.fate;
        const rank = { least, most, kept };
        last = { rank, fate: underRank(acting, rank) };
        return last.fate;
    };
}
function hasClass({ storageClass }, image) {
    if (storageClass === undefined || image.storageClass === undefined)
        return MAYBE;
    return storageClass === image.storageClass ? certainty_YES : certainty_NO;
}
/** Whether an image's tags match the requirements of a rule. */
function tagTest({ tagging }) {
    if (tagging === undefined)
        return () => MAYBE;
    if (tagging.status === 'any')
        return () => certainty_YES;
    if (tagging.status !== 'tagged') {
        return ({ tags }) => (tags === undefined ? MAYBE : tags.length === 0 ? certainty_YES : certainty_NO);
    }
    const tests = tagging.patterns.map((pattern) => compile(pattern));
    return ({ tags }) => (tags === undefined ? MAYBE : tests.every((test) => tags.some(test)) ? certainty_YES : certainty_NO);
}
/**
 * Whether rules count an image. Artifacts with a subject are not counted, and neither are untagged images that an
 * index lists; whether tagged ones are is not documented.
 */
function isCounted(image, indexes) {
    if (typeof image.subject === 'string')
        return certainty_NO;
    const held = indexes.hold(image.digest);
    if (held === certainty_YES && image.tags?.length === 0)
        return certainty_NO;
    return held === certainty_NO && image.subject === null ? certainty_YES : MAYBE;
}
const evaluate_ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
/** The time of a date. A date that is not valid is unknown. */
function timeOf(date) {
    if (date === null || date === undefined)
        return date;
    return Number.isNaN(date.getTime()) ? undefined : date.getTime();
}
function exactly(time) {
    return typeof time === 'number' ? { from: time, to: time } : evaluate_ALWAYS;
}
/**
 * The time by which images are ordered: the time of the push; "if an image was archived and then restored at any point
 * in the past, the image's last_activated_at is used instead of pushed_at_time".
 */
function orderedBy(image) {
    const activated = timeOf(image.lastActivatedAt);
    return activated === null ? exactly(timeOf(image.pushedAt)) : exactly(activated);
}
/**
 * Ranks images from the youngest to the oldest. Images with the same time, and images whose time or selection is
 * uncertain, make ranks uncertain.
 */
function ranking(images, counted) {
    const spans = images.map(orderedBy);
    const among = (least, end) => Float64Array.from(spans.filter((_, place) => (counted[place] ?? certainty_NO) >= least).map((span) => span[end])).sort();
    const certainStarts = among(certainty_YES, 'from');
    const possibleEnds = among(MAYBE, 'to');
    return (place) => {
        const { from, to } = spans[place] ?? evaluate_ALWAYS;
        const younger = certainStarts.length - countUpTo(certainStarts, to, true);
        const notOlder = possibleEnds.length - countUpTo(possibleEnds, from, false);
        const itself = (counted[place] ?? certainty_NO) === certainty_NO ? 0 : 1;
        return { least: younger + 1, most: notOlder + 1 - itself };
    };
}
/** How many of ascending numbers are below a limit, or at most the limit. */
function countUpTo(numbers, limit, inclusive) {
    let [low, high] = [0, numbers.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        const value = numbers[middle] ?? Number.NaN;
        if (value < limit || (inclusive && value === limit))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
/** The time from which an age is counted. */
function ageFrom(type, image) {
    const pushed = timeOf(image.pushedAt);
    const pulled = timeOf(image.lastPulledAt);
    const activated = timeOf(image.lastActivatedAt);
    if (type === 'sinceImageTransitioned')
        return exactly(timeOf(image.archivedAt));
    if (activated === undefined)
        return evaluate_ALWAYS;
    if (type === 'sinceImagePulled') {
        if (pulled === undefined)
            return evaluate_ALWAYS;
        if (pulled === null)
            return exactly(activated ?? pushed);
        return exactly(Math.max(pulled, activated ?? pulled));
    }
    // For the age since the push, the user guide does not say whether restoring an image replaces the push time, as it
    // does in the order.
    if (pushed === undefined || pushed === null)
        return evaluate_ALWAYS;
    return { from: Math.min(pushed, activated ?? pushed), to: Math.max(pushed, activated ?? pushed) };
}
/** What happens to an image that a rule governs. */
function underRule({ acting, underCount }, image, place, now) {
    const { rule, action } = acting;
    const { criterion } = rule;
    const uncertain = (reason) => ({ is: 'uncertain', may: [acting], reasons: [reason] });
    if (criterion === undefined)
        return uncertain(unknownPart(rule));
    if (criterion.type === 'imageCountMoreThan')
        return underCount(place);
    const span = ageFrom(criterion.type, image);
    const limit = criterion.days * time/* DAY_MS */.sO;
    // "Older than" does not include an image of exactly that age.
    if (span.from + limit >= now)
        return { is: 'kept', why: 'age', after: evaluate_dateOf(span.from + limit), ...acting };
    if (span.to + limit >= now)
        return uncertain(`the time that ${criterion.type} counts from is unknown`);
    return action === undefined
        ? uncertain(unknownPart(rule))
        : { is: 'acted-on', since: evaluate_dateOf(span.to + limit), ...acting };
}
/** The same for a count rule that keeps a number of images, by their ranks. */
function underRank(acting, rank) {
    const { least, most, kept } = rank;
    const uncertain = (reason) => ({ is: 'uncertain', may: [acting], reasons: [reason] });
    if (most <= kept)
        return { is: 'kept', why: 'count', rank, ...acting };
    if (least <= kept) {
        return uncertain(`the rule keeps ${kept}, and the rank of the image is between ${least} and ${most}, because images have the same time or the data is unknown`);
    }
    return acting.action === undefined
        ? uncertain(unknownPart(acting.rule))
        : { is: 'acted-on', rank, ...acting };
}
function evaluate_dateOf(time) {
    return new Date(Math.min(time, LAST_DATE_MS));
}
function unknownPart({ priority, unknown }) {
    return `the rule with priority ${priority} is not understood: ${unknown.join('; ')}`;
}
/** Combines all possible fates. The result is certain only if there is one, or if the image is kept in every case. */
function agreed(possible) {
    const [first] = possible;
    if (first !== undefined && (possible.length === 1 || possible.every(({ is }) => is === 'kept')))
        return first;
    const may = [];
    const reasons = new Set();
    for (const fate of possible) {
        if (fate.is === 'acted-on')
            may.push({ rule: fate.rule, action: fate.action });
        if (fate.is === 'kept' && fate.why === 'index')
            reasons.add(doubtAbout(fate.indexes));
        if (fate.is !== 'uncertain')
            continue;
        may.push(...fate.may);
        for (const reason of fate.reasons)
            reasons.add(reason);
    }
    if (reasons.size === 0)
        reasons.add('which rule selects the image first is unknown');
    return { is: 'uncertain', may, reasons: [...reasons] };
}
function doubtAbout(indexes) {
    return indexes.length === 0
        ? 'an index may list the image, because the entries of some indexes are unknown'
        : 'an index lists the image, but is archived or may be';
}
/** Gives artifacts the fate of the image that they refer to, over any number of steps. */
function followSubjects(images, indexes, fates) {
    const byDigest = new Map(images.map((image) => [image.digest, image]));
    for (const image of images) {
        const chain = [];
        const seen = new Set();
        let next = image;
        while (next !== undefined && !fates.has(next.digest) && !seen.has(next.digest)) {
            seen.add(next.digest);
            chain.push(next);
            next = typeof next.subject === 'string' ? byDigest.get(next.subject) : undefined;
        }
        for (const follower of chain.reverse()) {
            fates.set(follower.digest, followed(follower, byDigest, indexes, fates));
        }
    }
}
function followed(follower, byDigest, indexes, fates) {
    const { digest, subject, storageClass } = follower;
    if (indexes.hold(digest) === certainty_YES)
        return heldBy(follower, indexes);
    const leader = subject ?? '';
    const uncertain = (reason) => ({ is: 'uncertain', may: [], reasons: [reason] });
    const image = byDigest.get(leader);
    const fate = fates.get(leader);
    if (image === undefined)
        return uncertain('the image that it refers to is not in the repository');
    if (fate === undefined)
        return uncertain('the images that it refers to refer to each other');
    if (storageClass === undefined || image.storageClass !== storageClass) {
        return uncertain('it is not in the storage class of the image that it refers to');
    }
    if (fate.is === 'kept')
        return { is: 'kept', why: 'subject', subject: leader };
    if (fate.is === 'uncertain')
        return fate;
    const follows = { ...fate, subject: leader };
    return indexes.hold(digest) === MAYBE ? agreed([follows, heldBy(follower, indexes)]) : follows;
}
function unrecordedPulls({ criterion }, exclusions) {
    if (criterion?.type !== 'sinceImagePulled')
        return undefined;
    if (exclusions === undefined)
        return 'unknown';
    return exclusions.length === 0 ? undefined : exclusions;
}

;// CONCATENATED MODULE: ./audit/lifecycle/policy.js
/**
 * Parses lifecycle policies into rules, and checks them against the rules in the user guide (README.md).
 *
 * There are two functions. `validate` lists all violations of the published rules, for texts that ECR has not accepted
 * yet. `readPolicy` is for texts that ECR has accepted: each part of a rule that is not understood is unknown, with the
 * reason.
 */

/** "Lifecycle policy length" and "Rules per lifecycle policy" of ECR's service quotas; neither can be raised. */
const MAX_LENGTH = 30_720;
const policy_MAX_RULES = 50;
/** "Images must be in archive storage for a minimum of 90 days before deletion." */
const MIN_ARCHIVED_DAYS = 90;
const MAX_WILDCARDS = 4;
/** How many problems of the same kind are listed. */
const SHOWN = 3;
const COUNT_TYPES = [
    'imageCountMoreThan',
    'sinceImagePushed',
    'sinceImagePulled',
    'sinceImageTransitioned',
];
/** Lists all violations of ECR's published rules; empty for a valid policy. Never throws. */
function validate(text) {
    return policy_read(text).violations;
}
/**
 * Reads the text of a policy that ECR accepted. The whole policy is unknown if the order of its rules is: it is not
 * JSON, has a key twice, has a key other than `rules`, or its priorities define no order. Never throws.
 */
function readPolicy(text) {
    const { rules, fatal } = policy_read(text);
    if (fatal.length === 0)
        return { policy: { rules: rules.toSorted((a, b) => a.priority - b.priority) } };
    const more = fatal.length - SHOWN;
    const shown = fatal.slice(0, SHOWN).map(policy_sentenceOf).join('; ');
    return { unknown: more > 0 ? `${shown}; and ${more} more` : shown };
}
function policy_sentenceOf({ path, problem }) {
    return `${path === '' ? 'the policy' : path} ${problem}`;
}
function policy_read(text) {
    const violations = [];
    const fatal = [];
    const note = (path, problem) => void violations.push({ path, problem });
    const noteFatal = (path, problem) => {
        note(path, problem);
        fatal.push({ path, problem });
    };
    const list = rulesIn(text, noteFatal);
    if (list.length > policy_MAX_RULES)
        note('rules', `has ${list.length} rules; ECR allows ${policy_MAX_RULES}`);
    const rules = list
        .map((item, index) => readRule(item, index, note, noteFatal))
        .filter((rule) => rule !== undefined);
    noteRepeatedPriorities(rules, noteFatal);
    noteConflicts(rules, note);
    return { violations, fatal, rules };
}
function rulesIn(text, note) {
    const document = documentIn(text, note);
    if (document === undefined)
        return [];
    noteUnknownKeys(document, '', ['rules'], note);
    const rules = field(document, 'rules');
    if (Array.isArray(rules) && rules.length > 0)
        return rules;
    note('rules', 'must be a list of at least one rule');
    return [];
}
function documentIn(text, note) {
    if (text.length > MAX_LENGTH) {
        note('', `has ${text.length} characters; ECR allows ${MAX_LENGTH}`);
        return undefined;
    }
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        note('', 'is not valid JSON');
        return undefined;
    }
    if ((0,json/* givesKeyTwice */.c)(text, value)) {
        note('', 'has a key twice in one object');
        return undefined;
    }
    if (policy_isObject(value))
        return value;
    note('', 'must be an object');
    return undefined;
}
/** A rule whose priority is known; undefined for any other. */
function readRule(item, index, noteAll, noteFatal) {
    const path = `rules[${index}]`;
    const unknown = [];
    const note = (at, problem) => {
        unknown.push(policy_sentenceOf({ path: at, problem }));
        noteAll(at, problem);
    };
    if (!policy_isObject(item)) {
        noteFatal(path, 'must be an object');
        return undefined;
    }
    const foreign = noteUnknownKeys(item, path, ['rulePriority', 'description', 'selection', 'action'], note);
    const priority = integer(item, 'rulePriority', path, noteFatal);
    const description = field(item, 'description');
    // The description of a rule has no effect.
    if (description !== undefined && typeof description !== 'string') {
        noteAll(`${path}.description`, 'must be a string');
    }
    const selection = readSelection(field(item, 'selection'), `${path}.selection`, note);
    const action = readAction(field(item, 'action'), field(item, 'selection'), `${path}.action`, note);
    if (priority === undefined)
        return undefined;
    const parts = foreign ? { ...policy_NOTHING, action: undefined } : { ...selection, action };
    return {
        priority,
        index,
        description: typeof description === 'string' ? description : undefined,
        ...parts,
        unknown,
    };
}
const policy_NOTHING = { storageClass: undefined, tagging: undefined, criterion: undefined };
function readSelection(value, path, note) {
    if (!policy_isObject(value)) {
        note(path, 'must be an object');
        return policy_NOTHING;
    }
    const keys = ['tagStatus', 'tagPatternList', 'tagPrefixList', 'storageClass'];
    const foreign = noteUnknownKeys(value, path, [...keys, 'countType', 'countUnit', 'countNumber'], note);
    const tagging = readTagging(value, path, note);
    const criterion = readCriterion(value, path, note);
    const rest = readStorageClass(value, criterion, path, note);
    // What an unknown key may select is unknown either.
    return foreign ? policy_NOTHING : { tagging, ...rest };
}
function readTagging(selection, path, note) {
    const lists = ['tagPatternList', 'tagPrefixList'].filter((key) => Object.hasOwn(selection, key));
    const status = field(selection, 'tagStatus');
    if (status === 'any' || status === 'untagged') {
        for (const list of lists)
            note(`${path}.${list}`, `must be left out with the tagStatus ${status}`);
        return lists.length === 0 ? { status } : undefined;
    }
    if (status !== 'tagged') {
        note(`${path}.tagStatus`, 'must be tagged, untagged or any');
        return undefined;
    }
    const [list, other] = lists;
    if (list === undefined || other !== undefined) {
        note(path, 'must have either a tagPatternList or a tagPrefixList with the tagStatus tagged');
        return undefined;
    }
    const listed = texts(selection, list, path, note);
    if (listed === undefined)
        return undefined;
    if (list === 'tagPatternList') {
        for (const [at, pattern] of listed.entries()) {
            const wildcards = pattern.split('*').length - 1;
            if (wildcards > MAX_WILDCARDS) {
                note(`${path}.${list}[${at}]`, `has ${wildcards} wildcards; ECR allows ${MAX_WILDCARDS}`);
            }
        }
        return { status, list, listed, patterns: listed };
    }
    const wild = listed.findIndex((prefix) => prefix.includes('*'));
    if (wild >= 0) {
        note(`${path}.${list}[${wild}]`, 'has a wildcard, which the user guide describes only for patterns');
        return undefined;
    }
    return { status, list, listed, patterns: listed.map((prefix) => `${prefix}*`) };
}
function readCriterion(selection, path, note) {
    const type = field(selection, 'countType');
    const number = integer(selection, 'countNumber', path, note);
    const unit = field(selection, 'countUnit');
    if (type === 'imageCountMoreThan') {
        if (unit !== undefined)
            note(`${path}.countUnit`, 'must be left out with the countType imageCountMoreThan');
        return number === undefined || unit !== undefined ? undefined : { type, count: number };
    }
    if (type !== 'sinceImagePushed' && type !== 'sinceImagePulled' && type !== 'sinceImageTransitioned') {
        note(`${path}.countType`, `must be one of ${COUNT_TYPES.join(', ')}`);
        return undefined;
    }
    if (unit !== 'days')
        note(`${path}.countUnit`, `must be days with the countType ${type}`);
    const tooSoon = type === 'sinceImageTransitioned' && number !== undefined && number < MIN_ARCHIVED_DAYS;
    if (tooSoon) {
        note(`${path}.countNumber`, `must be at least ${MIN_ARCHIVED_DAYS} with the countType ${type}`);
    }
    return number === undefined || unit !== 'days' || tooSoon ? undefined : { type, days: number };
}
/** The storage class, and the criterion if it is valid for that class. */
function readStorageClass(selection, criterion, path, note) {
    const explicit = Object.hasOwn(selection, 'storageClass');
    const given = explicit ? selection.storageClass : 'standard';
    if (given !== 'standard' && given !== 'archive') {
        note(`${path}.storageClass`, 'must be standard or archive');
        return { storageClass: undefined, criterion };
    }
    const type = COUNT_TYPES.find((known) => known === selection.countType);
    const needed = type === 'sinceImageTransitioned' ? 'archive' : 'standard';
    if (type === undefined || given === needed)
        return { storageClass: given, criterion };
    note(`${path}.storageClass`, `must be ${needed} with the countType ${type}`);
    return { storageClass: explicit ? given : undefined, criterion: undefined };
}
function readAction(value, selection, path, note) {
    if (!policy_isObject(value)) {
        note(path, 'must be an object');
        return undefined;
    }
    if (noteUnknownKeys(value, path, ['type', 'targetStorageClass'], note))
        return undefined;
    const type = field(value, 'type');
    const target = field(value, 'targetStorageClass');
    if (type !== 'expire' && type !== 'transition') {
        note(`${path}.type`, 'must be expire or transition');
        return undefined;
    }
    const forbidden = type === 'expire' ? 'sinceImagePulled' : 'sinceImageTransitioned';
    if (policy_isObject(selection) && field(selection, 'countType') === forbidden) {
        note(`${path}.type`, `must not be ${type} with the countType ${forbidden}`);
        return undefined;
    }
    if (type === 'expire') {
        if (target === undefined)
            return 'expire';
        note(`${path}.targetStorageClass`, 'must be left out with the type expire');
        return undefined;
    }
    if (target === 'archive')
        return 'archive';
    note(`${path}.targetStorageClass`, 'must be archive with the type transition');
    return undefined;
}
function noteRepeatedPriorities(rules, note) {
    const seen = new Map();
    for (const rule of rules) {
        const first = seen.get(rule.priority);
        if (first === undefined)
            seen.set(rule.priority, rule);
        else
            note(`rules[${rule.index}].rulePriority`, `is ${rule.priority}, the same as that of rules[${first.index}]`);
    }
}
/** What rules of the same storage class must not share. A violation does not make their effect unknown. */
function noteConflicts(rules, note) {
    for (const storageClass of ['standard', 'archive']) {
        const ofClass = rules.filter((rule) => rule.storageClass === storageClass);
        const prefixes = new Map();
        let untagged;
        for (const rule of ofClass) {
            const at = `rules[${rule.index}]`;
            const { tagging } = rule;
            if (tagging?.status === 'any') {
                const later = ofClass.find(({ priority }) => priority > rule.priority);
                if (later !== undefined) {
                    const problem = `must be higher than that of rules[${later.index}], because the tagStatus is any`;
                    note(`${at}.rulePriority`, problem);
                }
            }
            else if (tagging?.status === 'untagged') {
                if (untagged !== undefined) {
                    note(`${at}.selection.tagStatus`, `is untagged, the same as that of rules[${untagged.index}]`);
                }
                untagged ??= rule;
            }
            else if (tagging?.status === 'tagged' && tagging.list === 'tagPrefixList') {
                for (const [place, prefix] of tagging.listed.entries()) {
                    const first = prefixes.get(prefix);
                    if (first !== undefined) {
                        note(`${at}.selection.tagPrefixList[${place}]`, `is also a prefix of rules[${first.index}]`);
                    }
                    prefixes.set(prefix, first ?? rule);
                }
            }
        }
    }
}
function policy_isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function field(fields, key) {
    return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
/** Whether there were any. */
function noteUnknownKeys(fields, path, known, note) {
    const foreign = Object.keys(fields).filter((key) => !known.includes(key));
    for (const key of foreign.slice(0, SHOWN)) {
        const shown = JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
        note(path, `has the unknown key ${shown}`);
    }
    if (foreign.length > SHOWN)
        note(path, `has ${foreign.length - SHOWN} more unknown keys`);
    return foreign.length > 0;
}
function integer(fields, key, path, note) {
    const value = field(fields, key);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1)
        return value;
    note(`${path}.${key}`, 'must be an integer of at least 1');
    return undefined;
}
function texts(fields, key, path, note) {
    const value = field(fields, key);
    if (Array.isArray(value) &&
        value.length > 0 &&
        value.every((item) => typeof item === 'string' && item !== '')) {
        return value;
    }
    note(`${path}.${key}`, 'must be a list of at least one string, and no string can be empty');
    return undefined;
}

;// CONCATENATED MODULE: ./audit/lifecycle/rules.js

/**
 * Rules that can never act, because "an image that matches the tagging requirements of a rule cannot be expired or
 * archived by a rule with a lower priority". Rules of the other storage class do not count.
 */
function deadRules({ rules }) {
    const dead = [];
    const undecided = [];
    for (const [at, rule] of rules.entries()) {
        const before = rules.slice(0, at);
        const by = rule.tagging === undefined ? [] : shielding(rule, rule.tagging, before);
        if (by.length > 0)
            dead.push({ rule, by });
        else if (rule.tagging === undefined || rule.storageClass === undefined) {
            undecided.push({ rule, reasons: rule.unknown });
        }
        else {
            const reasons = before.filter((other) => isUnclearFor(rule, other)).flatMap(({ unknown }) => unknown);
            if (reasons.length > 0)
                undecided.push({ rule, reasons });
        }
    }
    return { dead, undecided };
}
/** Whether an unknown part of an earlier rule decides which images a later rule can act on. */
function isUnclearFor({ storageClass }, earlier) {
    if (earlier.storageClass === undefined)
        return true;
    return earlier.storageClass === storageClass && earlier.tagging === undefined;
}
/**
 * The earlier rules that together govern every image that a rule could select.
 *
 * Except for a rule for any image, each earlier rule can be checked separately: replace each `*` of the rule's patterns
 * by a character that no pattern contains (see `includes`). An image with exactly these tags matches an earlier rule
 * only if that rule matches every image that the later rule selects.
 */
function shielding(rule, tagging, earlier) {
    const before = earlier.filter((other) => rule.storageClass !== undefined && other.storageClass === rule.storageClass);
    const thatCover = (part) => before.filter((other) => other.tagging !== undefined && rules_covers(other.tagging, part));
    if (tagging.status !== 'any')
        return thatCover(tagging);
    const tagged = thatCover(EVERY_TAG);
    const untagged = thatCover({ status: 'untagged' });
    return tagged.length === 0 || untagged.length === 0
        ? []
        : before.filter((other) => {
            return tagged.includes(other) || untagged.includes(other);
        });
}
const EVERY_TAG = { status: 'tagged', list: 'tagPatternList', listed: ['*'], patterns: ['*'] };
/** Whether every image that matches the inner tag requirements, which are not `any`, also matches the outer ones. */
function rules_covers(outer, inner) {
    if (outer.status === 'any')
        return true;
    if (outer.status !== 'tagged' || inner.status !== 'tagged')
        return outer.status === inner.status;
    return outer.patterns.every((wide) => inner.patterns.some((narrow) => includes(wide, narrow)));
}
/**
 * Whether at most one image can match a rule's tags: a pattern without a wildcard is a single tag, which only one image
 * of a repository has at a time. A rule that keeps a number of such images never acts.
 */
function selectsOneImage({ tagging }) {
    return tagging?.status === 'tagged' && tagging.patterns.some((pattern) => !pattern.includes('*'));
}
/**
 * The rule that expires untagged images, or the rule that archives them together with the rule that expires them in the
 * archive; empty if they are never deleted.
 */
function untaggedRules(policy) {
    const undecided = [];
    const rules = [];
    for (const storageClass of ['standard', 'archive']) {
        const rule = policy.rules.find((candidate) => {
            const unclear = isUnclearFor({ storageClass }, candidate);
            if (unclear)
                undecided.push({ rule: candidate, reasons: candidate.unknown });
            return !unclear && candidate.storageClass === storageClass && candidate.tagging?.status !== 'tagged';
        });
        if (rule === undefined)
            break;
        if (rule.action === undefined)
            undecided.push({ rule, reasons: rule.unknown });
        rules.push(rule);
        if (rule.action !== 'archive')
            break;
    }
    return { rules: rules.at(-1)?.action === 'expire' ? rules : [], undecided };
}
/**
 * The rules that require more than one tag of an image: "if you specify multiple tags, only the images with all
 * specified tags are selected".
 */
function allPatternsRules({ rules }, images) {
    const effort = { left: EFFORT };
    const found = [];
    for (const rule of rules) {
        const { tagging } = rule;
        if (tagging?.status !== 'tagged')
            continue;
        const { patterns, listed } = tagging;
        const needed = patterns.flatMap((pattern, at) => (isImplied(pattern, at, patterns) ? [] : [at]));
        if (needed.length < 2)
            continue;
        const tests = needed.map((at) => compile(patterns[at] ?? ''));
        const searched = findTag(needed.map((at) => patterns[at] ?? ''), [], effort);
        const matchingAll = [];
        const matchingSome = [];
        const unknown = [];
        for (const image of images) {
            if (image.storageClass !== undefined && image.storageClass !== rule.storageClass)
                continue;
            const { tags } = image;
            const matched = tags === undefined ? 0 : tests.filter((test) => tags.some(test)).length;
            if (tags === undefined || (image.storageClass === undefined && matched > 0))
                unknown.push(image);
            else if (matched === tests.length)
                matchingAll.push(image);
            else if (matched > 0)
                matchingSome.push(image);
        }
        found.push({
            rule,
            listed: needed.map((at) => listed[at] ?? ''),
            oneTag: typeof searched === 'string' ? undefined : searched.tag,
            matchingAll,
            matchingSome,
            unknown,
        });
    }
    return found;
}
/** Whether a pattern matches every tag that another pattern matches. Of equal patterns, the first counts. */
function isImplied(pattern, at, patterns) {
    return patterns.some((other, place) => {
        if (place === at || !includes(pattern, other))
            return false;
        return !includes(other, pattern) || place < at;
    });
}

;// CONCATENATED MODULE: ./audit/lifecycle/production.js
/**
 * Whether a policy expires or archives needed images: the newest production images and images that run.
 *
 * Production tags are patterns as in lifecycle rules: `*` stands for any characters. A legacy tag of cosign
 * (`sha256-….sig`) is never a production tag.
 */





/** Which needed images the rules of an evaluated policy would expire or archive now. */
function threats(evaluation, { productionTags, keep, running }) {
    const { images, indexes, fates } = evaluation;
    const isProduction = productionTest(productionTags);
    const production = Uint8Array.from(images, (image) => takesPlace(image, isProduction, indexes));
    const rankOf = ranking(images, production);
    const runs = indexes.withIndexesOf(running);
    const someRuns = images.some(({ digest }) => runs.has(digest));
    const newest = [];
    const inUse = [];
    for (const [at, image] of images.entries()) {
        const fate = fates.get(image.digest);
        if (fate === undefined || fate.is === 'kept')
            continue;
        const isActedOn = fate.is === 'acted-on';
        const { least, most } = rankOf(at);
        if (production[at] !== certainty_NO && least <= keep) {
            newest.push({ image, fate, certain: isActedOn && production[at] === certainty_YES && most <= keep });
        }
        const isRunning = runs.has(image.digest);
        // An image that runs may be an entry of any index of which the entries are unknown.
        if (isRunning || (someRuns && childrenOf(image) === undefined)) {
            inUse.push({ image, fate, certain: isActedOn && isRunning });
        }
    }
    return { production: newest, running: inUse };
}
/** Whether an image is a production image. The entries of an index belong to the index. */
function takesPlace(image, isProduction, indexes) {
    if (typeof image.subject === 'string')
        return certainty_NO;
    const held = indexes.hold(image.digest);
    if (held === certainty_YES || image.tags?.some(isProduction) === false)
        return certainty_NO;
    return held === certainty_NO && image.tags !== undefined && image.subject === null ? certainty_YES : MAYBE;
}
/** Returns a test for production tags. */
function productionTest(productionTags) {
    const tests = productionTags.map((pattern) => compile(pattern));
    return (tag) => tests.some((test) => test(tag)) && legacySubject(tag) === undefined;
}
/**
 * Which rules could at some time act on one of the newest production images: by the tags that their patterns select and
 * that no earlier rule governs, and by today's images. If the policy was evaluated without images, only the patterns
 * decide.
 */
function reaches(evaluation, { productionTags, keep }) {
    const { policy, images, fates } = evaluation;
    const effort = { left: EFFORT };
    const isProduction = productionTest(productionTags);
    const production = images.filter(({ tags }) => tags?.some(isProduction));
    const { dead } = deadRules(policy);
    const found = [];
    const undecided = [];
    for (const [at, rule] of policy.rules.entries()) {
        if (dead.some((other) => other.rule === rule) || rule.tagging?.status === 'untagged')
            continue;
        const earlier = policy.rules.slice(0, at);
        const reasons = [rule, ...earlier]
            .filter((other) => (other === rule ? hasUnknownPart(rule) : isUnclearFor(rule, other)))
            .flatMap(({ unknown }) => unknown);
        const { tagging, criterion } = rule;
        if (reasons.length > 0 || tagging === undefined || criterion === undefined) {
            undecided.push({ rule, reasons });
            continue;
        }
        if (criterion.type === 'imageCountMoreThan' && selectsOneImage(rule))
            continue;
        const how = howFar(criterion, keep);
        const shields = earlier.filter(({ storageClass }) => storageClass === rule.storageClass);
        const searches = productionTags.map((pattern) => reachableTag(tagging, pattern, shields, effort));
        const byPatterns = searches.flatMap((search, place) => typeof search === 'object' ? [{ pattern: productionTags[place] ?? '', tag: search.tag }] : []);
        const byImages = production.filter(({ digest }) => governs(rule, fates.get(digest)));
        const shared = how === 'count-shared' ? sharing(rule, tagging, productionTags, evaluation, effort) : undefined;
        const isReached = byPatterns.length > 0 || byImages.length > 0;
        if (isReached && (how !== 'count-shared' || typeof shared === 'object')) {
            found.push({
                rule,
                how,
                byPatterns,
                byImages,
                shared: typeof shared === 'object' ? shared : undefined,
            });
        }
        else if (shared !== 'none' && (searches.includes('undecided') || shared === 'undecided')) {
            undecided.push({ rule, reasons: ['comparing its patterns with the production tags takes too long'] });
        }
    }
    return { reaches: found, undecided };
}
function hasUnknownPart({ tagging, criterion, storageClass, action }) {
    return [tagging, criterion, storageClass, action].includes(undefined);
}
function howFar(criterion, keep) {
    if (criterion.type !== 'imageCountMoreThan')
        return 'age';
    return criterion.count < keep ? 'count-below-keep' : 'count-shared';
}
/** Whether only this rule can act on an image. */
function governs(rule, fate) {
    if (fate === undefined)
        return false;
    if (fate.is === 'uncertain')
        return fate.may.length > 0 && fate.may.every((acting) => acting.rule === rule);
    if (fate.is === 'acted-on')
        return fate.rule === rule && fate.subject === undefined;
    return (fate.why === 'age' || fate.why === 'count') && fate.rule === rule;
}
/** A production tag with which a rule's own patterns select an image that no earlier rule governs. */
function reachableTag(tagging, production, earlier, effort) {
    const patterns = tagging.status === 'tagged' ? tagging.patterns : ['*'];
    const shields = earlier.flatMap((rule) => rule.tagging?.status === 'tagged' ? [rule.tagging.patterns] : []);
    let result = 'none';
    for (const [at, pattern] of patterns.entries()) {
        if (!intersects(pattern, production))
            continue;
        // The image has one more tag for each other pattern. Images that then match an earlier rule are not reachable
        // anyway.
        const others = patterns.filter((_, place) => place !== at);
        const open = shields.map((shield) => shield.filter((wide) => !others.some((other) => includes(wide, other))));
        const search = findTag([pattern, production], open, effort);
        if (typeof search === 'object')
            return search;
        if (search === 'undecided')
            result = search;
    }
    return result;
}
/** The images that a count rule counts in addition to images with production tags. */
function sharing(rule, tagging, productionTags, { rules }, effort) {
    const near = productionTags.map(stem);
    const isNear = productionTest(near);
    const result = rules.find((other) => other.rule === rule);
    const images = (result?.identified ?? []).filter(({ tags }) => tags?.some(isNear) === false);
    const patterns = tagging.status === 'tagged' ? tagging.patterns : ['*'];
    const avoided = near.map((other) => [other]);
    const searches = patterns.map((pattern) => findTag([pattern], avoided, effort));
    const [search] = searches;
    const isCertain = searches.every((each) => typeof each === 'object');
    const tag = isCertain && typeof search === 'object' ? search.tag : undefined;
    const untagged = tagging.status === 'any';
    if (tag !== undefined || untagged || images.length > 0)
        return { tag, untagged, images };
    return searches.includes('none') ? 'none' : 'undecided';
}
/**
 * `prod*` for `prod-*`. A rule for `prod*` is meant for production images, although it also selects `prod` and
 * `prod1`.
 */
function stem(pattern) {
    const word = /^([^*]*[^*._-])[._-]+\*$/.exec(pattern)?.[1];
    return word === undefined ? pattern : `${word}*`;
}

;// CONCATENATED MODULE: ./audit/lifecycles.js
/** The lifecycle policy of a repository or a template, evaluated, and how it could be corrected. */









/** The rules of a policy that ECR accepted; undefined for a policy that cannot be interpreted, which is reported. */
function policyOf(text, called, report) {
    const reading = readPolicy(text);
    if ('policy' in reading)
        return reading.policy;
    report.unknown(`what ${called} does: ${reading.unknown}`);
    return undefined;
}
/** The current effect of a policy on the images of a repository. It is evaluated once. */
function evaluationOf(about, policy, images) {
    const { world, registry, repository } = about;
    return world.once(`lifecycle ${repository.arn}`, () => {
        // Principals whose pulls are not recorded do not change the result. They are part of the evidence.
        const exclusions = Fact.open(registry.pullTimeExclusions);
        return evaluate(policy, images, {
            now: world.facts.now,
            pullTimeExclusions: 'gap' in exclusions ? undefined : exclusions.known,
        });
    });
}
/** The known uses. Unknown ones are noted in the report. */
function knownUses(uses, report) {
    const found = [];
    for (const source of uses)
        report.attempt(() => found.push(...report.read(source)));
    return found;
}
/**
 * The images of a repository that run according to ECS, Lambda and Inspector. What is unknown is noted in the report.
 * @param counts which uses count; default: all
 */
function runningOf(set, facts, report, counts = () => true) {
    const running = new RunningImages(set);
    report.attempt(() => running.addUses(knownUses(facts.uses, report).filter(counts)));
    report.attempt(() => running.addCoverage(facts.coverage));
    for (const { by, image } of running.unresolved) {
        report.unknown(`which image ${words_name(by)} runs: the repository has no image for ${words_name(image)}`);
    }
    return running;
}
/** A service does not run an image itself; its tasks do. */
function isRunning({ kind }) {
    return kind !== 'ecs-service';
}
/** A rule in words: `rule 20 (keep the newest 5)`. */
function ruleName({ priority }) {
    return `rule ${priority}`;
}
/** The effect of a rule on an image, for the evidence. */
function fateInWords(fate) {
    if (fate.is === 'uncertain')
        return `uncertain: ${fate.reasons.join('; ')}`;
    if (fate.is === 'kept')
        return 'kept';
    const does = fate.action === 'archive' ? 'archived' : 'expired';
    const why = 'since' in fate
        ? `by age since ${dayOf(fate.since)}`
        : `number ${fate.rank.least} of ${fate.rank.kept} that are kept`;
    return `${does} by rule ${fate.rule.priority}, ${why}`;
}
function imageJson(image, more = {}) {
    return {
        digest: image.digest,
        tags: (image.tags ?? []).slice(0, 10),
        pushedAt: image.pushedAt === undefined || Number.isNaN(image.pushedAt.getTime())
            ? null
            : image.pushedAt.toISOString(),
        ...more,
    };
}
function label({ tags, digest }) {
    return tags?.[0] ?? words_short(digest);
}
function putLifecycle({ registry }, repository) {
    return aws('ecr put-lifecycle-policy', {
        'repository-name': repository,
        'lifecycle-policy-text': 'file://lifecycle.json',
        region: registry.region,
    });
}
/** The rules of a policy's text in the order of their priority. The text was read before. */
function lifecycles_rulesIn(text) {
    const { rules } = JSON.parse(text);
    return rules.toSorted((a, b) => Number(a.rulePriority) - Number(b.rulePriority));
}
function numbered(rules) {
    return { rules: rules.map((rule, at) => ({ ...rule, rulePriority: at + 1 })) };
}
/** The rule that expires untagged images. */
const UNTAGGED = {
    description: 'Expire untagged images after 14 days',
    selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
    action: { type: 'expire' },
};
const ARCHIVED_UNTAGGED = {
    description: 'Expire untagged images 90 days after they were archived',
    selection: {
        tagStatus: 'untagged',
        storageClass: 'archive',
        countType: 'sinceImageTransitioned',
        countUnit: 'days',
        countNumber: 90,
    },
    action: { type: 'expire' },
};
/** The policy with a rule for untagged images. @param archives whether a rule archives them already */
function withUntaggedRule(text, archives) {
    const rules = text === undefined ? [] : lifecycles_rulesIn(text);
    return numbered([archives ? ARCHIVED_UNTAGGED : UNTAGGED, ...rules]);
}
/** The policy without its dead rules, which has the same effect. */
function withoutDeadRules(text) {
    let rules = lifecycles_rulesIn(text);
    for (;;) {
        const document = numbered(rules);
        const reading = readPolicy(JSON.stringify(document));
        if (!('policy' in reading))
            return undefined;
        const dead = new Set(deadRules(reading.policy).dead.map(({ rule }) => rule.index));
        if (dead.size === 0)
            return rules.length === 0 ? undefined : document;
        rules = rules.filter((_, at) => !dead.has(at));
    }
}
/** The policy with one rule for each pattern or prefix of some rules. */
function withSplitRules(text, priorities) {
    return numbered(lifecycles_rulesIn(text).flatMap((rule) => {
        if (!priorities.has(Number(rule.rulePriority)))
            return [rule];
        const selection = rule.selection;
        const key = Array.isArray(selection.tagPatternList) ? 'tagPatternList' : 'tagPrefixList';
        const listed = selection[key];
        return listed.map((one) => ({ ...rule, selection: { ...selection, [key]: [one] } }));
    }));
}
/**
 * The policy with an additional first rule for each pattern of production tags, so that no later rule can expire such
 * images. The new rules keep as many images as exist today, and at least as many as the audit policy requires.
 */
function protecting(text, { expected }, images) {
    const front = expected.productionTags.map((pattern) => {
        const test = compile(pattern);
        const today = images.filter(({ tags }) => tags?.some(test)).length;
        return {
            description: `Keep the newest images with ${pattern}`,
            selection: {
                tagStatus: 'tagged',
                tagPatternList: [pattern],
                countType: 'imageCountMoreThan',
                countNumber: Math.max(expected.keep, today),
            },
            action: { type: 'expire' },
        };
    });
    return withoutDeadRules(JSON.stringify(numbered([...front, ...lifecycles_rulesIn(text)])));
}
/**
 * A corrected policy that ECR accepts and that, according to the evaluator, neither expires nor can expire a needed
 * image; otherwise undefined.
 */
function ifSafe(about, document, read) {
    if (document === undefined)
        return undefined;
    const text = JSON.stringify(document);
    const reading = readPolicy(text);
    if (validate(text).length > 0 || !('policy' in reading))
        return undefined;
    const { world, registry, repository, expected } = about;
    const images = read(repository.images);
    const running = new RunningImages(new ImageSet(images));
    for (const source of world.usesOf(registry, repository.name))
        running.addUses(read(source));
    running.addCoverage(read(repository.coverage));
    if (running.unresolved.length > 0)
        return undefined;
    const evaluation = evaluate(reading.policy, images, {
        now: world.facts.now,
        pullTimeExclusions: undefined,
    });
    const taken = threats(evaluation, { ...expected, running: running.digests });
    const reached = reaches(evaluation, expected);
    const isSafe = taken.production.length + taken.running.length + reached.reaches.length + reached.undecided.length === 0;
    return isSafe ? document : undefined;
}

// EXTERNAL MODULE: ./scan/state.js
var state = __webpack_require__(40586);
;// CONCATENATED MODULE: ./audit/scans.js
/** Whether images have a current scan, for `scanning/current` and `runtime/current`. */



/** Statuses of an image that is scanned, or is about to be. */
const CURRENT = new Set(['ACTIVE', 'COMPLETE', 'PENDING', 'IN_PROGRESS']);
/** The images without a current scan. What is unknown is noted in the report. */
function unscanned(tops, set, report) {
    const found = new Map();
    for (const { image: top, as, architectures } of tops) {
        for (const architecture of new Set(architectures.includes(undefined) ? [undefined] : architectures)) {
            const { images, gaps } = platformImages(set, top, architecture);
            for (const { reason, missing } of gaps)
                report.unknown(reason, { missing });
            for (const { image, platform } of images) {
                report.attempt(() => {
                    const status = report.read(image.scan)?.status;
                    if (status !== undefined && CURRENT.has(status))
                        return;
                    if (isCertainlyImage(image))
                        found.set(image.digest, { image, platform, status, as });
                    else
                        report.unknown(`whether ${words_short(image.digest)}, which has no current scan, is an image`);
                });
            }
        }
    }
    return [...found.values()];
}
/** The problem of images without a current scan. @param subject the beginning of a sentence: `The newest images` */
function problemOf(images, { registry, repository }, isBasic, evidence = {}) {
    const [first] = images;
    const status = first?.status;
    const named = images.map((one) => `${labelOf(one)}: ${one.status ?? 'no scan'}${one.platform === undefined ? '' : ` (${one.platform})`}`);
    const isOne = images.length === 1;
    return {
        what: `${count(images.length, 'image')} of ${repository.name} ${isOne ? 'has' : 'have'} no current scan: ${list(named)}.`,
        toDo: toDoAbout(status, isBasic),
        evidence: {
            images: some(images).map((one) => ({
                digest: one.image.digest,
                tags: some(one.image.tags ?? []),
                platform: one.platform ?? null,
                status: one.status ?? null,
                as: one.as,
            })),
            ...evidence,
        },
        command: commandAbout(first),
        items: images.map(({ image }) => image.digest),
    };
    function commandAbout(one) {
        const options = {
            'repository-name': repository.name,
            'image-id': `imageDigest=${one?.image.digest ?? ''}`,
            region: registry.region,
        };
        if (status === 'IMAGE_ARCHIVED') {
            return aws('ecr update-image-storage-class', { ...options, 'target-storage-class': 'STANDARD' });
        }
        return isBasic ? aws('ecr start-image-scan', options) : aws('ecr describe-image-scan-findings', options);
    }
}
function labelOf({ image }) {
    return image.tags?.[0] ?? words_short(image.digest);
}
function toDoAbout(status, isBasic) {
    const meaning = status !== undefined && Object.hasOwn(state/* ECR_STATUS */.Yx, status) ? state/* ECR_STATUS */.Yx[status] : undefined;
    if (typeof meaning === 'object')
        return meaning.nextStep;
    if (isBasic)
        return 'Start a scan of the image.';
    return 'Check that a scanning rule covers the repository, and push the image again: a push starts the scan.';
}

;// CONCATENATED MODULE: ./audit/checks/scanning.js







const scanning_GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const INSPECTOR = 'https://docs.aws.amazon.com/inspector/latest/user';
const EVERYTHING = [{ frequency: 'CONTINUOUS_SCAN', filters: ['*'] }];
function putScanning(region, scanType = 'ENHANCED') {
    return aws('ecr put-registry-scanning-configuration', {
        'scan-type': scanType,
        rules: 'file://rules.json',
        region,
    });
}
/** Whether the scan type is ENHANCED; undefined for an unknown word, which is noted. */
function isEnhanced(scanType, report) {
    if (scanType === 'ENHANCED')
        return true;
    if (scanType === 'BASIC')
        return false;
    report.unknown(`the scan type ${words_name(scanType)} is unknown`);
    return undefined;
}
const enhanced = registryCheck({
    id: 'scanning/enhanced',
    title: 'The registry uses enhanced scanning.',
    severities: ['medium'],
    means: 'The scan type of the registry is BASIC.',
    why: 'Basic scanning scans only operating system packages, and only once. It does not find vulnerabilities in programming language packages, nor vulnerabilities that are published later.',
    fix: 'Set the scan type to ENHANCED, with a rule that scans continuously.',
    nearest: 'Security Hub ECR.1 (AWS Config `ecr-private-image-scanning-enabled`) and Prowler `ecr_registry_scan_images_on_push_enabled` pass with basic scanning; Prowler `ecr_registry_enhanced_scanning_enabled` also checks the scan type.',
    reference: `${scanning_GUIDE}/image-scanning-enhanced.html`,
    needs: { scanning: scanning },
    judge({ scanning }, { registry }, report) {
        if (isEnhanced(scanning.scanType, report) !== false)
            return;
        report.fail({
            what: `The registry ${registry.host} uses basic scanning.`,
            toDo: 'Turn on enhanced scanning.',
            evidence: { scanType: scanning.scanType },
            command: putScanning(registry.region),
            document: () => asJson(scanning.rules.length > 0 ? scanning.rules : EVERYTHING),
        });
    },
});
const INSPECTOR_STATUSES = ['DISABLED', 'DISABLING', 'ENABLING', 'SUSPENDED', 'SUSPENDING'];
const inspector = registryCheck({
    id: 'scanning/inspector',
    title: 'Amazon Inspector scans the images of the account.',
    severities: ['high'],
    means: "The scan type is ENHANCED, and the status of Inspector's ECR scanning is not ENABLED for the account.",
    why: 'With enhanced scanning, only Inspector scans images. While its ECR scanning is off, no image is scanned.',
    fix: 'Enable ECR scanning in Inspector. If the organization manages Inspector, its delegated administrator enables it.',
    nearest: 'Security Hub Inspector.2 (AWS Config `inspector-ecr-scan-enabled`) and Prowler `inspector2_is_enabled` do not check the scan type of the registry.',
    reference: `${INSPECTOR}/scanning-ecr.html`,
    needs: { scanning: scanning, status: inspectorStatus },
    judge(facts, { registry }, report) {
        if (isEnhanced(facts.scanning.scanType, report) !== true)
            return report.doesNotApply();
        const { status } = facts;
        if (status === 'ENABLED')
            return;
        if (!INSPECTOR_STATUSES.includes(status)) {
            return report.unknown(`Inspector's status ${words_name(status)} is unknown`);
        }
        report.fail({
            what: `Enhanced scanning is on, but Amazon Inspector's ECR scanning is ${status} for ${registry.account}.`,
            toDo: 'Enable it. If an organization policy prevents that, ask the delegated administrator of Inspector.',
            evidence: { status },
            command: aws('inspector2 enable', { 'resource-types': 'ECR', region: registry.region }),
        });
    },
});
const covered = repositoryCheck({
    id: 'scanning/covered',
    title: 'Each image that is pushed to the repository is scanned.',
    severities: ['high'],
    means: 'The effective scan frequency of the repository is MANUAL, so images are not scanned when they are pushed. With basic scanning, StartImageScan can still scan them.',
    why: 'Images of the repository can be deployed without a scan.',
    fix: 'Add a filter that matches the name of the repository to a scanning rule of the registry.',
    nearest: "Security Hub ECR.1, Prowler `ecr_repositories_scan_images_on_push_enabled`, Checkov CKV_AWS_163 and Trivy AVD-AWS-0030 check the repository's own setting, which the registry's rules override. Prowler's check of the registry passes with any rule for `*`.",
    reference: `${scanning_GUIDE}/image-scanning.html`,
    needs: { frequency: scanFrequency },
    judge({ frequency }, { registry, repository }, report) {
        const known = asFrequency(frequency);
        if (known === undefined)
            return report.unknown(`the scan frequency ${words_name(frequency)} is unknown`);
        if (known !== 'MANUAL')
            return;
        report.fail({
            what: `Images that are pushed to ${repository.name} are not scanned.`,
            toDo: 'Add a filter for the repository to a scanning rule.',
            evidence: { frequency },
            command: (read) => putScanning(registry.region, read(registry.scanning).scanType),
            document: (read) => {
                const rules = read(registry.scanning);
                // Basic scanning has no other frequency.
                const best = rules.scanType === 'BASIC' ? 'SCAN_ON_PUSH' : 'CONTINUOUS_SCAN';
                return rulesWith(rules, best, repository.name);
            },
        });
    },
});
const consistent = repositoryCheck({
    id: 'scanning/consistent',
    title: "The scan frequency of the repository matches the registry's rules.",
    severities: ['low'],
    means: "With enhanced scanning, the scan frequency according to the filters of the registry's rules differs from the effective one. In a filter, `*` is a wildcard; a filter without `*` matches every name that contains it; continuous scanning takes precedence over scanning on push.",
    why: 'According to the rules, images are scanned more or less often than they are.',
    fix: 'Set the scanning configuration again, so that ECR applies it to all repositories.',
    nearest: 'none',
    reference: `${scanning_GUIDE}/image-scanning-filters.html`,
    needs: { scanning: scanning, frequency: scanFrequency },
    judge(facts, { registry, repository }, report) {
        const { scanning } = facts;
        if (isEnhanced(scanning.scanType, report) !== true)
            return report.doesNotApply();
        const effective = asFrequency(facts.frequency);
        const byRules = frequencyByRules(scanning, repository.name);
        if (effective === undefined || byRules === undefined) {
            return report.unknown('a scan frequency of the repository or of a rule is unknown');
        }
        if (byRules === effective)
            return;
        report.fail({
            what: `According to the rules of the registry, ${repository.name} has the scan frequency ${byRules}; ECR reports ${effective}.`,
            toDo: 'Set the scanning configuration again, and check whether ECR then reports the frequency of the rules.',
            evidence: { byRules, effective, rules: asJson(scanning.rules) },
            command: putScanning(registry.region),
            document: () => asJson(scanning.rules),
        });
    },
});
const continuous = repositoryCheck({
    id: 'scanning/continuous',
    title: 'Production images are scanned continuously.',
    severities: ['low'],
    means: 'With enhanced scanning, the repository has images with production tags and is scanned on push only.',
    why: 'Vulnerabilities that are published after the push are never found in these images.',
    fix: 'Add the repository to a rule with the frequency CONTINUOUS_SCAN.',
    nearest: 'Security Hub ECR.1 passes with either frequency.',
    reference: `${scanning_GUIDE}/image-scanning-enhanced.html`,
    needs: { scanning: scanning, frequency: scanFrequency, images: needs_images },
    judge(facts, { registry, repository, expected }, report) {
        if (isEnhanced(facts.scanning.scanType, report) !== true)
            return report.doesNotApply();
        const frequency = asFrequency(facts.frequency);
        if (frequency === undefined)
            return report.unknown(`the scan frequency ${words_name(facts.frequency)} is unknown`);
        // `scanning/covered` reports a repository that is not scanned.
        if (frequency !== 'SCAN_ON_PUSH') {
            if (frequency === 'MANUAL')
                report.doesNotApply();
            return;
        }
        const isProduction = productionTest(expected.productionTags);
        const production = facts.images.filter((image) => isImage(image) && image.tags?.some(isProduction));
        const certain = production.filter(isCertainlyImage);
        if (certain.length === 0) {
            const unknown = production.length + facts.images.filter(({ tags }) => tags === undefined).length;
            if (unknown > 0)
                report.unknown(`the tags or the kind of ${count(unknown, 'image')} are unknown`);
            return;
        }
        const tags = certain.flatMap((image) => (image.tags ?? []).filter(isProduction));
        report.fail({
            what: `${repository.name} has ${count(certain.length, 'production image')} (${list(tags)}) and is scanned on push only.`,
            toDo: 'Scan the repository continuously.',
            evidence: { productionTags: some(tags) },
            command: putScanning(registry.region),
            document: (read) => rulesWith(read(registry.scanning), 'CONTINUOUS_SCAN', repository.name),
        });
    },
});
const current = repositoryCheck({
    id: 'scanning/current',
    title: 'The newest images have a current scan.',
    severities: ['high'],
    means: 'The newest image, or the newest image of a production pattern, has no scan status, or one other than ACTIVE, COMPLETE, PENDING and IN_PROGRESS. Each platform image of an index counts. Artifacts (signatures, attestations, charts) do not count.',
    why: 'A scanning rule can cover a repository although Inspector cannot read its images, or has stopped scanning them. An image without findings can then have vulnerabilities.',
    fix: 'Take the action that the status requires: rebuild an unsupported image, restore an archived image, or push an expired image again.',
    nearest: 'Prowler `ecr_repositories_scan_vulnerabilities_in_latest_image` checks the findings of the last image; it does not check other production images and the platforms of an index. Prowler `inspector2_coverage_scan_status_active` checks each row of the coverage; it ignores images whose eligibility expired and images without a row.',
    reference: 'https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html',
    needs: { images: scannedImages, scanning: scanning },
    judge(facts, about, report) {
        const set = new ImageSet(facts.images);
        const { wanted, gaps } = newestImages(set, about.expected);
        for (const { reason, missing } of gaps)
            report.unknown(reason, { missing });
        if (wanted.length === 0)
            return report.doesNotApply();
        const byImage = Map.groupBy(wanted, ({ image }) => image);
        const tops = [...byImage].map(([image, why]) => ({
            image,
            as: why.map(({ as }) => as),
            architectures: [undefined],
        }));
        const bad = unscanned(tops, set, report);
        if (bad.length === 0)
            return;
        if (gaps.length > 0)
            return report.unknown('whether the images without a current scan are the newest ones');
        let isBasic = false;
        report.attempt(() => {
            isBasic = facts.scanning.scanType === 'BASIC';
        });
        report.fail(problemOf(bad, about, isBasic));
    },
});

;// CONCATENATED MODULE: ./audit/checks/inspector.js
/** How Amazon Inspector's own settings affect scanning: how long images are scanned, and which findings are hidden. */








const inspector_INSPECTOR = 'https://docs.aws.amazon.com/inspector/latest/user';
const EXPIRES_WITHIN_DAYS = 3;
const expiring = repositoryCheck({
    id: 'scanning/expiring',
    title: 'Images that run continue to be scanned.',
    severities: ['low'],
    means: "According to Inspector's re-scan durations, continuous scanning of an image that runs ends within 3 days. Inspector does not track the use of multi-architecture images; for these, the duration starts at the push.",
    why: 'When continuous scanning ends, Inspector finds no new vulnerabilities in the image and closes its findings.',
    fix: "Increase Inspector's re-scan duration, or push the image again before it expires.",
    nearest: 'none',
    reference: `${inspector_INSPECTOR}/scanning-ecr.html`,
    needs: {
        scanning: scanning,
        frequency: scanFrequency,
        rescan: inspectorRescan,
        images: needs_images,
        uses: uses,
        coverage: coverage,
    },
    judge(facts, { world, registry, repository }, report) {
        if (isEnhanced(facts.scanning.scanType, report) !== true)
            return report.doesNotApply();
        const frequency = asFrequency(facts.frequency);
        if (frequency === undefined)
            return report.unknown(`the scan frequency ${words_name(facts.frequency)} is unknown`);
        if (frequency !== 'CONTINUOUS_SCAN')
            return report.doesNotApply();
        const set = new ImageSet(facts.images);
        const running = runningOf(set, facts, report, isRunning);
        if (running.all.length === 0)
            return report.doesNotApply();
        const { rescan } = facts;
        let coverage;
        report.attempt(() => {
            coverage = new Map(facts.coverage.map((row) => [row.digest, row]));
        });
        const limit = world.facts.now.getTime() + EXPIRES_WITHIN_DAYS * time/* DAY_MS */.sO;
        const soon = [];
        for (const { image: top, by, architectures } of running.all) {
            // `runtime/current` reports images that no longer exist.
            if (top === undefined)
                continue;
            for (const architecture of new Set(architectures)) {
                const { images, gaps } = platformImages(set, top, architecture);
                for (const { reason, missing } of gaps)
                    report.unknown(reason, { missing });
                for (const { image } of images) {
                    const isPart = image !== top || set.indexes.of(image.digest).length > 0;
                    const end = endOfScanning(image, isPart, coverage, rescan, world.facts.now);
                    if (end === undefined)
                        report.unknown(`until when Inspector scans ${words_short(image.digest)}`);
                    else if (end >= world.facts.now.getTime() && end <= limit)
                        soon.push({ image, end: new Date(end), by });
                }
            }
        }
        if (soon.length === 0)
            return;
        const [first] = soon.toSorted((a, b) => a.end.getTime() - b.end.getTime());
        report.fail({
            what: `Continuous scanning of ${count(soon.length, 'image')} of ${repository.name} that ${soon.length === 1 ? 'runs' : 'run'} ends soon, first on ${dayOf(first?.end ?? new Date(Number.NaN))}.`,
            toDo: "Increase Inspector's re-scan duration.",
            evidence: {
                images: some(soon).map(({ image, end, by }) => ({
                    digest: image.digest,
                    tags: some(image.tags ?? []),
                    until: end.toISOString(),
                    by: some(by),
                })),
            },
            command: aws('inspector2 update-configuration', {
                'ecr-configuration': 'rescanDuration=LIFETIME',
                region: registry.region,
            }),
            items: soon.map(({ image }) => image.digest),
        });
    },
});
/**
 * When Inspector stops scanning an image, in milliseconds: when both the duration since the push and the duration since
 * the last pull or last use have ended. Undefined if that is unknown.
 */
function endOfScanning({ digest, pushedAt, lastPulledAt }, isPartOfIndex, coverage, rescan, now) {
    const pushed = pushedAt?.getTime();
    const sincePush = durationOf(rescan?.pushDuration);
    if (pushed === undefined || Number.isNaN(pushed) || sincePush === undefined)
        return undefined;
    const byPush = pushed + sincePush;
    if (byPush === Number.POSITIVE_INFINITY || rescan?.pullDuration === undefined)
        return byPush;
    const sinceUse = durationOf(rescan.pullDuration);
    if (sinceUse === undefined)
        return undefined;
    if (rescan.pullMode === 'LAST_IN_USE_AT') {
        if (isPartOfIndex)
            return Math.max(byPush, pushed + sinceUse);
        if (coverage === undefined)
            return undefined;
        const { inUseCount = 0, lastInUseAt } = coverage.get(digest) ?? {};
        const used = inUseCount > 0 ? now.getTime() : (lastInUseAt?.getTime() ?? pushed);
        return Math.max(byPush, used + sinceUse);
    }
    if (rescan.pullMode !== undefined && rescan.pullMode !== 'LAST_PULL_DATE')
        return undefined;
    if (lastPulledAt === undefined)
        return undefined;
    return Math.max(byPush, (lastPulledAt?.getTime() ?? pushed) + sinceUse);
}
/** `DAYS_14` in milliseconds; undefined for an unknown word. */
function durationOf(word) {
    if (word === 'LIFETIME')
        return Number.POSITIVE_INFINITY;
    const days = /^DAYS_(\d{1,4})$/.exec(word ?? '')?.[1];
    return days === undefined ? undefined : Number(days) * time/* DAY_MS */.sO;
}
/** The beginning of an id that says no more than a database and a part of a year: `CVE-`, `CVE-20`, `ALAS2023-`. */
const isOfADatabase = (start) => /^[A-Z]*\d*(?:-\d{0,3})?$/i.test(start);
const isEmpty = (start) => start === '';
/**
 * Criteria that name a vulnerability, a package, an image, a tag or a repository, each with a function that tells whether a
 * prefix names none of them.
 */
const NAMING = new Map([
    ['vulnerabilityId', isOfADatabase],
    ['relatedVulnerabilities', isOfADatabase],
    ['findingArn', (start) => !/^arn:[^:]+:inspector2:[^:]*:\d{12}:finding\/./.test(start)],
    ['resourceId', (start) => !/^arn:[^:]+:ecr:[^:]*:\d{12}:repository\/./.test(start)],
    ['ecrImageHash', (start) => 'sha256:'.startsWith(start)],
    ['ecrImageTags', isEmpty],
    ['ecrImageRepositoryName', isEmpty],
    ['vulnerablePackages.name', isEmpty],
]);
const suppression = registryCheck({
    id: 'scanning/suppression',
    title: 'No suppression rule of Inspector hides a whole class of findings.',
    severities: ['medium'],
    means: 'An Inspector filter with the action SUPPRESS can match images, and names neither a vulnerability id nor a package, an image, a tag or a repository. EQUALS and PREFIX name one; NOT_EQUALS and prefixes that all ids, images or ARNs have, such as `CVE-`, do not. A member account cannot see the filters of its administrator; there, the result is unknown.',
    why: 'Such a filter hides findings that no one has reviewed, such as all findings of one severity, or all findings in packages that Inspector reports as not reachable.',
    fix: 'Name specific vulnerabilities, packages, images, tags or repositories in the filter, or delete it.',
    nearest: 'none',
    reference: `${inspector_INSPECTOR}/findings-managing-supression-rules.html`,
    needs: {
        scanning: scanning,
        filters: suppressionFilters,
        administrator: inspectorAdministrator,
    },
    judge(facts, { registry }, report) {
        if (isEnhanced(facts.scanning.scanType, report) !== true)
            return report.doesNotApply();
        report.attempt(() => {
            const { administrator } = facts;
            if (administrator !== undefined) {
                report.unknown(`the filters of ${administrator}, which administers Inspector for this account, cannot be seen from here`);
            }
        });
        const wide = facts.filters.filter((filter) => canMatchImages(filter) && !namesSomething(filter));
        for (const { name: called, arn, criteria } of wide) {
            report.fail({
                what: `Inspector's suppression filter ${words_name(called)} hides every finding that matches its criteria (${list(Object.keys(criteria)) || 'none'}).`,
                toDo: 'Name a vulnerability, a package, an image, a tag or a repository in it, or delete it.',
                evidence: {
                    filters: [
                        {
                            name: called,
                            arn,
                            criteria: Object.fromEntries(Object.entries(criteria).map(([one, values]) => [
                                one,
                                some(values).map(({ comparison, value }) => `${comparison ?? ''} ${value}`.trim()),
                            ])),
                        },
                    ],
                },
                command: aws('inspector2 delete-filter', { arn, region: registry.region }),
                items: [arn],
            });
        }
    },
});
const IMAGE = 'AWS_ECR_CONTAINER_IMAGE';
/** Criteria about images cannot match other resources. */
function canMatchImages({ criteria }) {
    const { resourceType = [] } = criteria;
    const wanted = resourceType.filter(({ comparison }) => comparison === 'EQUALS' || comparison === 'PREFIX');
    const isWanted = wanted.some(({ comparison, value }) => comparison === 'EQUALS' ? value === IMAGE : IMAGE.startsWith(value));
    if (wanted.length > 0 && !isWanted)
        return false;
    if (resourceType.some(({ comparison, value }) => comparison === 'NOT_EQUALS' && value === IMAGE))
        return false;
    return !Object.keys(criteria).some((key) => /^(?:ec2Instance|lambdaFunction|codeRepository)/.test(key));
}
/** The values of one criterion are alternatives, so each of them has to be specific. */
function namesSomething({ criteria }) {
    return Object.entries(criteria).some(([key, values]) => {
        const namesNothing = NAMING.get(key);
        if (namesNothing === undefined || values.length === 0)
            return false;
        return values.every(({ comparison, value }) => {
            if (comparison === 'EQUALS')
                return value !== '';
            return comparison === 'PREFIX' && !namesNothing(value);
        });
    });
}

;// CONCATENATED MODULE: ./audit/lifecycle/preview.js
/** Compares ECR's own lifecycle preview with the evaluation. */

/**
 * Compares ECR's preview of a policy with the evaluation of the same policy. Nothing is concluded if the evaluator is
 * uncertain, if an image reaches the age of its rule within a day (the clock by which ECR counts days is not
 * documented), for artifacts that follow their subject (it is not documented whether a preview lists them), and for
 * images that did not exist when the repository was read.
 */
function comparePreview({ images, fates, now }, preview) {
    const differences = [];
    const undecided = [];
    const previewed = new Map(preview.map((image) => [image.digest, image]));
    const digests = new Set(images.map(({ digest }) => digest));
    for (const digest of new Set([...digests, ...previewed.keys()])) {
        const fate = fates.get(digest);
        const listed = previewed.get(digest);
        const theirs = listed && { action: listed.action, priority: listed.priority };
        if (fate === undefined) {
            undecided.push({ digest, reason: 'the image was not in the repository when it was read' });
            continue;
        }
        const ours = statementOf(fate);
        if (theirs?.action === ours?.action && theirs?.priority === ours?.priority) {
            if (fate.is === 'uncertain' || (theirs !== undefined && theirs.action === undefined)) {
                undecided.push({ digest, reason: reasonOf(fate, now) ?? 'the preview names no action' });
            }
            continue;
        }
        const reason = reasonOf(fate, now);
        if (reason === undefined)
            differences.push({ digest, preview: theirs, evaluator: ours });
        else
            undecided.push({ digest, reason });
    }
    return { differences, undecided };
}
function statementOf(fate) {
    return fate.is === 'acted-on' ? { action: fate.action, priority: fate.rule.priority } : undefined;
}
/** Why a difference for an image would not be conclusive. */
function reasonOf(fate, now) {
    if (fate.is === 'uncertain')
        return fate.reasons.join('; ');
    const follows = fate.is === 'kept' ? fate.why === 'subject' : fate.subject !== undefined;
    if (follows)
        return 'the image follows the one that it refers to';
    const since = fate.is === 'acted-on'
        ? 'since' in fate
            ? fate.since
            : undefined
        : fate.why === 'age'
            ? fate.after
            : undefined;
    if (since !== undefined && Math.abs(since.getTime() - now.getTime()) <= time/* DAY_MS */.sO) {
        return 'the image reaches the age of the rule within a day of the evaluation';
    }
    return undefined;
}

;// CONCATENATED MODULE: ./audit/checks/lifecycle/common.js


function calledOf({ repository }) {
    return `the lifecycle policy of ${words_name(repository.name)}`;
}
function noteUndecided(undecided, what, report, options) {
    for (const { rule, reasons } of undecided) {
        report.unknown(`${what} ${ruleName(rule)}: ${reasons.join('; ')}`, options);
    }
}
function ruleJson({ priority, description, tagging, criterion, action }) {
    return {
        rulePriority: priority,
        description: description?.slice(0, 200) ?? null,
        tags: tagging?.status === 'tagged' ? tagging.listed.slice(0, 20) : (tagging?.status ?? null),
        criterion: criterion === undefined
            ? null
            : 'count' in criterion
                ? `${criterion.type} ${criterion.count}`
                : `${criterion.type} ${criterion.days} days`,
        action: action ?? null,
    };
}
/** A rule as an item of a failure: what it selects and does, wherever it stands among the rules. */
function itemOf(rule) {
    const { tags, criterion, action } = ruleJson(rule);
    return JSON.stringify([tags, criterion, action]);
}

;// CONCATENATED MODULE: ./audit/checks/lifecycle/images.js
/** What lifecycle policies do to production images and to images that run, by ECR's published rules. */









const images_GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const RULES = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html';
const production = repositoryCheck({
    id: 'lifecycle/production',
    title: 'No rule expires production images that are needed.',
    severities: ['high', 'medium'],
    means: 'High: a rule would now expire or archive one of the newest `keep` production images (of all production tags together), or an image that runs. Medium: a rule could do so in the future: by age, by a count below `keep`, or by a count that also includes other images. A rule that counts only production tags and keeps at least `keep` images passes.',
    why: 'An expired image cannot be deployed again, so there is nothing to roll back to, and tasks that restart cannot pull it. Moving a tag to an older image does not change the age of that image.',
    fix: 'Add a rule for each pattern of production tags with a higher priority and a count that keeps enough images.',
    nearest: 'none',
    reference: RULES,
    needs: {
        policy: lifecyclePolicy,
        images: needs_images,
        uses: uses,
        coverage: coverage,
    },
    judge(facts, about, report) {
        if (facts.policy === undefined)
            return report.doesNotApply();
        const text = facts.policy;
        const policy = policyOf(text, calledOf(about), report);
        if (policy === undefined)
            return;
        const { images } = facts;
        const { expected, repository } = about;
        const evaluation = evaluationOf(about, policy, images);
        const fix = {
            command: putLifecycle(about, repository.name),
            document: (read) => ifSafe(about, protecting(text, about, images), read),
        };
        const newest = threats(evaluation, { ...expected, running: new Set() }).production;
        reportThreats(newest, `of the newest ${expected.keep} production images`, about, evaluation, fix, report);
        judgeReach(evaluation, expected, calledOf(about), fix, report);
        if (takenNow(evaluation).length === 0)
            return;
        const running = runningOf(new ImageSet(images), facts, report);
        const runs = threats(evaluation, { ...expected, running: running.digests }).running;
        const others = runs.filter(({ image }) => !newest.some((threat) => threat.image === image));
        reportThreats(others, 'of the images that run', about, evaluation, fix, report);
    },
});
/**
 * Images that rules expire or archive now, or may. Signatures and other artifacts that refer to an image are left out.
 * The artifact type is not considered: the author of the manifest chooses it, so it does not show that nothing runs the
 * image.
 */
function takenNow({ images, fates }) {
    return images.filter((image) => {
        const fate = fates.get(image.digest);
        return fate !== undefined && fate.is !== 'kept' && isImage({ ...image, artifactType: undefined });
    });
}
function reportThreats(found, which, about, { rules }, fix, report) {
    const certain = found.filter((threat) => threat.certain);
    const uncertain = found.filter((threat) => !threat.certain);
    if (uncertain.length > 0) {
        const reasons = uncertain.flatMap(({ fate }) => (fate.is === 'uncertain' ? fate.reasons : []));
        report.unknown(`whether the lifecycle policy expires or archives ${list(uncertain.map(({ image }) => label(image)))}, which may be ${which}${reasons.length === 0 ? '' : `: ${list(reasons)}`}`);
    }
    if (certain.length === 0)
        return;
    const acting = new Set(certain.flatMap(({ fate }) => (fate.is === 'acted-on' ? [fate.rule] : [])));
    const archives = certain.every(({ fate }) => fate.is === 'acted-on' && fate.action === 'archive');
    const unrecorded = rules.filter(({ rule, unrecordedPulls }) => acting.has(rule) && unrecordedPulls !== undefined);
    report.fail({
        what: `The lifecycle policy of ${about.repository.name} ${archives ? 'archives' : 'expires'} ${certain.length} ${which} now (${list(certain.map(({ image }) => label(image)))}), by ${list([...acting].map(ruleName))}.`,
        toDo: 'Change the policy before ECR applies it, which can be within 24 hours.',
        evidence: {
            images: some(certain).map(({ image, fate }) => imageJson(image, { fate: fateInWords(fate) })),
            rules: [...acting].map(ruleJson),
            ...(unrecorded.length === 0
                ? {}
                : { pullsNotRecorded: unrecorded.flatMap(({ unrecordedPulls }) => unrecordedPulls ?? []) }),
        },
        ...fix,
        items: certain.map(({ image }) => image.digest),
    });
}
function judgeReach(evaluation, expected, called, fix, report) {
    const found = reaches(evaluation, expected);
    noteUndecided(found.undecided, 'whether production images can be expired or archived by', report, {
        severity: 'medium',
    });
    for (const reach of found.reaches) {
        report.fail({
            severity: 'medium',
            what: `${capital(ruleName(reach.rule))} of ${called} can expire or archive production images: ${howOf(reach, expected.keep)}.`,
            toDo: 'Add a rule for each pattern of production tags with a higher priority than this rule and a count that keeps enough images.',
            evidence: {
                rules: [ruleJson(reach.rule)],
                byPatterns: reach.byPatterns.slice(0, 10).map(({ pattern, tag }) => ({ pattern, tag })),
                byImages: some(reach.byImages).map((image) => imageJson(image)),
                ...(reach.shared === undefined
                    ? {}
                    : {
                        shared: [
                            {
                                tag: reach.shared.tag ?? null,
                                untagged: reach.shared.untagged,
                                images: reach.shared.images.slice(0, 10).map(({ digest }) => digest),
                            },
                        ],
                    }),
            },
            ...fix,
            items: [`${reach.how} ${itemOf(reach.rule)}`],
        });
    }
}
function howOf({ how, rule, shared, byPatterns, byImages }, keep) {
    const example = byPatterns[0]?.tag ?? byImages[0]?.tags?.[0];
    const such = example === undefined ? '' : `, such as ${words_name(example)}`;
    if (how === 'age')
        return `it selects images by age alone${such}`;
    const kept = rule.criterion !== undefined && 'count' in rule.criterion ? rule.criterion.count : 0;
    if (how === 'count-below-keep')
        return `it keeps ${kept}${such}, and the audit policy requires ${keep}`;
    const others = [
        ...(shared?.tag === undefined ? [] : [`images tagged like ${words_name(shared.tag)}`]),
        ...(shared?.untagged === true ? ['untagged images'] : []),
        ...((shared?.images.length ?? 0) > 0 ? [`${shared?.images.length} of today's other images`] : []),
    ];
    return `${list(others)} count towards the ${kept} images that it keeps${such}`;
}
const inUse = repositoryCheck({
    id: 'lifecycle/in-use',
    title: 'No rule expires images that run.',
    severities: ['high'],
    means: "A rule would expire or archive an image that runs according to ECS tasks or services, Lambda functions or Inspector's data about images in use. An index runs if one of its platform images runs. Inspector tracks the use of images only in continuously scanned repositories, and not the use of multi-architecture images; without its data, the result is unknown. If no image would expire, the check passes.",
    why: 'ECR does not check which images run. A task that restarts cannot pull an image that was expired or archived.',
    fix: 'Change the rule so that it keeps the image, or deploy a newer image.',
    nearest: 'none',
    reference: RULES,
    needs: {
        policy: lifecyclePolicy,
        images: needs_images,
        uses: uses,
        coverage: coverage,
        scanning: scanning,
        frequency: scanFrequency,
    },
    judge(facts, about, report) {
        if (facts.policy === undefined)
            return report.doesNotApply();
        const text = facts.policy;
        const policy = policyOf(text, calledOf(about), report);
        if (policy === undefined)
            return;
        const { images } = facts;
        const evaluation = evaluationOf(about, policy, images);
        const taken = takenNow(evaluation);
        if (taken.length === 0)
            return;
        const set = new ImageSet(images);
        const running = runningOf(set, facts, report);
        const found = threats(evaluation, { ...about.expected, running: running.digests }).running;
        reportThreats(found, 'of the images that run', about, evaluation, {
            command: putLifecycle(about, about.repository.name),
            document: (read) => ifSafe(about, protecting(text, about, images), read),
        }, report);
        const threatened = new Set(found.map(({ image }) => image.digest));
        const others = taken.filter(({ digest }) => !threatened.has(digest));
        report.attempt(() => {
            const tracked = new Map(facts.coverage.map((row) => [row.digest, row.inUseCount]));
            const isContinuous = others.length > 0 &&
                facts.scanning.scanType === 'ENHANCED' &&
                asFrequency(facts.frequency) === 'CONTINUOUS_SCAN';
            const silent = others.filter(({ digest, isIndex }) => {
                const isSingle = isIndex === false && set.indexes.of(digest).length === 0;
                return !(isContinuous && isSingle && tracked.get(digest) !== undefined);
            });
            if (silent.length === 0)
                return;
            report.unknown(`whether ${count(silent.length, 'image')} that ${silent.length === 1 ? 'is' : 'are'} about to expire or be archived (${list(silent.map(label))}) ${silent.length === 1 ? 'runs' : 'run'} outside of ECS and Lambda: Inspector does not track its use`);
        });
    },
});
const images_preview = repositoryCheck({
    id: 'lifecycle/preview',
    title: "ECR's own preview has the same result.",
    severities: ['medium'],
    means: "With `lifecycle-preview`: ECR's own preview of the policy differs from the audit's evaluation.",
    why: 'If the two differ, the other lifecycle results for the repository may be wrong.',
    fix: "Rely on ECR's preview, and report the difference.",
    nearest: 'none',
    reference: `${images_GUIDE}/lp_creation.html`,
    needs: { policy: lifecyclePolicy, preview: preview, images: needs_images },
    judge(facts, about, report) {
        if (facts.policy === undefined || facts.preview === undefined)
            return report.doesNotApply();
        const policy = policyOf(facts.policy, calledOf(about), report);
        if (policy === undefined)
            return;
        const { differences, undecided } = comparePreview(evaluationOf(about, policy, facts.images), facts.preview);
        if (undecided.length > 0) {
            report.unknown(`what ECR's preview means for ${count(undecided.length, 'image')}: ${list(undecided.map(({ reason }) => reason))}`);
        }
        if (differences.length === 0)
            return;
        const inWords = (statement) => statement === undefined
            ? 'kept'
            : `${statement.action ?? 'acted on'} by rule ${statement.priority ?? 'unknown'}`;
        report.fail({
            what: `ECR's preview and the audit's evaluation differ about ${count(differences.length, 'image')} of ${about.repository.name}, such as ${words_short(differences[0]?.digest ?? '')}.`,
            toDo: "Rely on ECR's preview, and report the difference.",
            evidence: {
                differences: some(differences).map(({ digest, preview: theirs, evaluator }) => ({
                    digest,
                    preview: inWords(theirs),
                    evaluator: inWords(evaluator),
                })),
            },
        });
    },
});

;// CONCATENATED MODULE: ./audit/checks/lifecycle/rules.js






const rules_GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const rules_RULES = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html';
const missing = repositoryCheck({
    id: 'lifecycle/missing',
    title: 'The repository has a lifecycle policy.',
    severities: ['medium'],
    means: 'The repository has no lifecycle policy.',
    why: 'ECR keeps all images, for which AWS charges, and old images with known vulnerabilities can still be deployed.',
    fix: 'Add a lifecycle policy that expires untagged images and keeps the newest production images.',
    nearest: 'Security Hub ECR.3 (AWS Config `ecr-private-lifecycle-policy-configured`) and Prowler `ecr_repositories_lifecycle_policy_enabled` check only whether there is a policy, not what it does.',
    reference: rules_RULES,
    needs: { policy: lifecyclePolicy },
    judge({ policy }, about, report) {
        if (policy !== undefined)
            return;
        report.fail({
            what: `${about.repository.name} has no lifecycle policy.`,
            toDo: 'Add a lifecycle policy.',
            command: putLifecycle(about, about.repository.name),
            document: (read) => about.expected.signed ? undefined : ifSafe(about, withUntaggedRule(undefined, false), read),
        });
    },
});
const untagged = repositoryCheck({
    id: 'lifecycle/untagged',
    title: 'Untagged images expire.',
    severities: ['low'],
    means: 'The repository has a lifecycle policy without a rule that expires untagged images. The check does not apply if the audit policy expects signatures (`signed`): signatures are untagged unless they are in format legacy, and AWS does not document whether such a rule selects them.',
    why: 'An image loses its tag when the tag is moved to another image. Without a rule for untagged images, ECR keeps all of them.',
    fix: 'Add a rule with the tagStatus untagged.',
    nearest: 'none',
    reference: `${rules_GUIDE}/lifecycle_policy_examples.html`,
    needs: { policy: lifecyclePolicy },
    applies: ({ expected }) => !expected.signed,
    judge(facts, about, report) {
        if (facts.policy === undefined)
            return report.doesNotApply();
        const text = facts.policy;
        const policy = policyOf(text, calledOf(about), report);
        if (policy === undefined)
            return;
        judgeUntagged(policy, calledOf(about), report, {
            command: putLifecycle(about, about.repository.name),
            document: (read) => ifSafe(about, withUntaggedRule(text, archivesUntagged(policy)), read),
        });
    },
});
function judgeUntagged(policy, called, report, fix) {
    const { rules, undecided } = untaggedRules(policy);
    noteUndecided(undecided, 'whether untagged images expire by', report);
    if (rules.length > 0 || undecided.length > 0)
        return;
    report.fail({
        what: `No rule of ${called} expires untagged images.`,
        toDo: 'Add a rule for untagged images.',
        ...fix,
    });
}
function archivesUntagged({ rules }) {
    return rules.some(({ storageClass, tagging, action }) => storageClass === 'standard' && tagging?.status !== 'tagged' && action === 'archive');
}
const deadRule = repositoryCheck({
    id: 'lifecycle/dead-rule',
    title: 'Each lifecycle rule can have an effect.',
    severities: ['medium'],
    means: 'A rule can never expire or archive an image: each image that it could select matches the tags of rules with a higher priority, within one storage class. Such an image "cannot be expired or archived by a rule with a lower priority", whether or not the other rule acts on it.',
    why: 'The rule has no effect, although the policy contains it.',
    fix: 'Remove the rule, or give it a higher priority than the rules that match the same images.',
    nearest: 'none',
    reference: rules_RULES,
    needs: { policy: lifecyclePolicy },
    judge(facts, about, report) {
        if (facts.policy === undefined)
            return report.doesNotApply();
        const text = facts.policy;
        const policy = policyOf(text, calledOf(about), report);
        if (policy === undefined)
            return;
        judgeDead(policy, calledOf(about), report, {
            command: putLifecycle(about, about.repository.name),
            document: () => withoutDeadRules(text),
        });
    },
});
function judgeDead(policy, called, report, fix) {
    const { dead, undecided } = deadRules(policy);
    noteUndecided(undecided, 'whether an image remains for', report);
    if (dead.length === 0)
        return;
    const sentences = dead.map(({ rule, by }) => {
        const others = by.map(({ priority }) => `${priority}`);
        const which = others.length === 1 ? `rule ${others[0]} matches` : `rules ${list(others)} together match`;
        return `${ruleName(rule)} of ${called} can never have an effect, because ${which} every image that it could select`;
    });
    report.fail({
        what: `${capital(list(sentences))}.`,
        toDo: 'Remove it, or give it a lower rulePriority number than theirs.',
        evidence: {
            deadRules: dead.map(({ rule, by }) => ({
                rule: ruleJson(rule),
                by: by.map(({ priority }) => priority),
            })),
        },
        ...fix,
        items: dead.map(({ rule }) => itemOf(rule)),
    });
}
const allPatterns = repositoryCheck({
    id: 'lifecycle/all-patterns',
    title: 'Rules with several patterns select images.',
    severities: ['medium'],
    means: "A rule has several patterns or prefixes, and an image must match all of them. Some of today's images match one of them, and none matches all.",
    why: 'ECR combines the patterns of one rule with AND. A rule that lists `prod-*` and `release-*` selects only images that have both tags, although usually either tag is intended.',
    fix: 'Write one rule for each pattern.',
    nearest: 'none',
    reference: `${rules_GUIDE}/lifecycle_policy_parameters.html`,
    needs: { policy: lifecyclePolicy, images: needs_images },
    judge(facts, about, report) {
        if (facts.policy === undefined)
            return report.doesNotApply();
        const text = facts.policy;
        const policy = policyOf(text, calledOf(about), report);
        if (policy === undefined)
            return;
        for (const rule of policy.rules) {
            if (rule.tagging === undefined)
                report.unknown(`what ${ruleName(rule)} selects: ${rule.unknown.join('; ')}`);
        }
        const several = policy.rules.some(({ tagging }) => tagging?.status === 'tagged' && tagging.patterns.length > 1);
        if (!several)
            return;
        for (const found of allPatternsRules(policy, facts.images)) {
            const { rule, listed, matchingAll, matchingSome, unknown } = found;
            if (matchingAll.length > 0)
                continue;
            if (unknown.length > 0) {
                report.unknown(`whether one of ${count(unknown.length, 'image')} matches all patterns of ${ruleName(rule)}`);
                continue;
            }
            if (matchingSome.length === 0)
                continue;
            report.fail({
                what: `${capital(ruleName(rule))} of ${calledOf(about)} selects only images that match all of ${list(listed)}. Of today's images, ${matchingSome.length} ${matchingSome.length === 1 ? 'matches' : 'match'} one of them, and none matches all.`,
                toDo: 'Write one rule for each pattern.',
                evidence: {
                    rules: [ruleJson(rule)],
                    images: some(matchingSome).map((image) => imageJson(image)),
                },
                command: putLifecycle(about, about.repository.name),
                document: (read) => ifSafe(about, withSplitRules(text, new Set([rule.priority])), read),
                items: [itemOf(rule)],
            });
        }
    },
});

;// CONCATENATED MODULE: ./audit/lifecycle/signatures.js

/** Every signature, attestation and SBOM under a legacy tag, including those that no rule affects. */
function legacySignatures({ images, fates, rules }) {
    const signatures = images.flatMap((image) => {
        const tag = image.tags?.find((candidate) => legacySubject(candidate) !== undefined);
        const subject = tag === undefined ? undefined : legacySubject(tag);
        return tag === undefined || subject === undefined ? [] : [{ image, tag, subject }];
    });
    const digests = new Set(images.map(({ digest }) => digest));
    const counts = new Map();
    for (const { image } of signatures)
        counts.set(image.digest, []);
    for (const { rule, identified, perhapsIdentified } of rules) {
        if (rule.criterion?.type !== 'imageCountMoreThan')
            continue;
        for (const { digest } of [...identified, ...perhapsIdentified])
            counts.get(digest)?.push(rule);
    }
    return signatures.map(({ image, tag, subject }) => {
        const fate = fates.get(image.digest);
        const subjectIsThere = digests.has(subject);
        return {
            image,
            tag,
            subject,
            subjectIsThere,
            countedBy: counts.get(image.digest) ?? [],
            takenBy: fate === undefined ? [] : rulesOf(fate),
            outlivesSubject: subjectIsThere ? goesFirst(fates.get(subject), fate) : true,
        };
    });
}
function rulesOf(fate) {
    if (fate.is === 'uncertain')
        return [...new Set(fate.may.map(({ rule }) => rule))];
    if (fate.is === 'acted-on')
        return [fate.rule];
    return fate.why === 'age' || fate.why === 'count' ? [fate.rule] : [];
}
/** Whether one image is deleted no later than another one. */
function goesFirst(one, other) {
    if (one === undefined || other === undefined)
        return undefined;
    if (one.is === 'uncertain' || other.is === 'uncertain')
        return undefined;
    if (one.is === 'acted-on')
        return true;
    if (other.is === 'acted-on')
        return false;
    if (other.why === 'count') {
        // With the same count, the older one is deleted first.
        if (one.why !== 'count' || one.rule !== other.rule)
            return false;
        return one.rank.least > other.rank.most ? true : undefined;
    }
    if (other.why !== 'age')
        return true;
    return one.why === 'age' && one.after <= other.after;
}

;// CONCATENATED MODULE: ./audit/checks/lifecycle/signatures.js
/** What lifecycle policies do to signatures that ECR treats as ordinary images. */






const signatures_RULES = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html';
const signatures = repositoryCheck({
    id: 'lifecycle/signatures',
    title: 'Signatures are kept as long as their images.',
    severities: ['medium'],
    means: 'A rule counts signatures, attestations or SBOMs under legacy tags (`sha256-….sig`, `.att`, `.sbom`) as images, or expires them before their images.',
    why: 'ECR treats these as ordinary tagged images. They count towards the images that a rule keeps, and can expire before the image that they refer to, which then cannot be verified.',
    fix: 'Sign with cosign 3 or later, whose signatures ECR deletes together with the image, or give the rules patterns that do not match `sha256-*`.',
    nearest: 'none',
    reference: signatures_RULES,
    needs: { policy: lifecyclePolicy, images: needs_images },
    judge(facts, about, report) {
        if (facts.policy === undefined)
            return report.doesNotApply();
        const policy = policyOf(facts.policy, calledOf(about), report);
        if (policy === undefined)
            return;
        const evaluation = evaluationOf(about, policy, facts.images);
        const found = legacySignatures(evaluation);
        if (found.length === 0) {
            const unread = facts.images.filter(({ tags }) => tags === undefined);
            if (unread.length > 0)
                report.unknown(`the tags of ${count(unread.length, 'image')}`);
            else
                report.doesNotApply();
            return;
        }
        const identified = new Map(evaluation.rules.map((result) => [result.rule, new Set(result.identified)]));
        const counted = found.filter(({ image, countedBy }) => countedBy.some((rule) => identified.get(rule)?.has(image)));
        const lost = found.filter(({ takenBy, outlivesSubject }) => takenBy.length > 0 && outlivesSubject === false);
        const doubtful = found.filter((one) => (one.takenBy.length > 0 && one.outlivesSubject === undefined) ||
            (one.countedBy.length > 0 && !counted.includes(one)));
        if (doubtful.length > 0) {
            report.unknown(`whether rules count ${list(doubtful.map(({ tag }) => tag))}, or expire them before their images`);
        }
        const bad = [...new Set([...counted, ...lost])];
        if (bad.length === 0)
            return;
        const rules = [...new Set(bad.flatMap(({ countedBy, takenBy }) => [...countedBy, ...takenBy]))];
        report.fail({
            what: `${capital(list(rules.map(ruleName)))} of ${calledOf(about)} ${rules.length === 1 ? 'counts or expires' : 'count or expire'} ${count(bad.length, 'signature')}, such as ${words_name(bad[0]?.tag ?? '')}, as if they were images.`,
            toDo: 'Sign with cosign 3 or later, whose signatures ECR deletes together with the image, or give the rules patterns that do not match sha256-*.',
            evidence: {
                rules: rules.map(ruleJson),
                signatures: some(bad).map(({ tag, subject, subjectIsThere, countedBy, takenBy }) => ({
                    tag,
                    subject,
                    subjectIsThere,
                    countedBy: countedBy.map(({ priority }) => priority),
                    takenBy: takenBy.map(({ priority }) => priority),
                })),
            },
            command: putLifecycle(about, about.repository.name),
            items: rules.map(ruleName),
        });
    },
});

;// CONCATENATED MODULE: ./audit/checks/lifecycle/texts.js
/** Lifecycle policies of creation templates, which are checked without images. */






const texts_GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
/** Checks the policy text of a creation template. It has no result of its own: `template/lifecycle` names it. */
const invalid = {
    id: 'lifecycle/invalid',
    title: "The lifecycle policy of the template follows ECR's rules.",
    kinds: ['template'],
    severities: ['high'],
    means: "The policy text of a creation template violates ECR's rules about priorities, the priority of `any` within its storage class, patterns or prefixes. It is reported as `template/lifecycle`.",
    why: 'Repositories from the template get no lifecycle policy, or are not created.',
    fix: 'Correct the policy text.',
    nearest: 'none',
    reference: `${texts_GUIDE}/lifecycle_policy_parameters.html`,
};
/** Checks whether a text is valid and, if it is, its rules. */
const LIFECYCLE_JUDGES = [
    {
        check: invalid,
        judge({ called, text }, report) {
            const violations = validate(text);
            if (violations.length === 0)
                return;
            const sentences = violations.map(({ path, problem }) => `${path === '' ? 'the policy' : path} ${problem}`);
            report.fail({
                what: `${capital(called)} violates ECR's rules: ${list(sentences)}.`,
                toDo: 'Correct the policy text.',
                evidence: { violations: some(violations).map(({ path, problem }) => ({ path, problem })) },
                items: sentences,
            });
        },
    },
    textJudge(deadRule, (policy, { called }, report) => judgeDead(policy, called, report, {})),
    textJudge(untagged, (policy, { called, expected }, report) => {
        if (!expected.signed)
            judgeUntagged(policy, called, report, {});
    }),
    textJudge(production, (policy, { called, expected, now }, report) => judgeReach(evaluate(policy, [], { now, pullTimeExclusions: undefined }), expected, called, {}, report)),
];
function textJudge(check, judge) {
    return {
        check,
        judge(about, report) {
            const policy = policyOf(about.text, about.called, report);
            if (policy !== undefined)
                judge(policy, about, report);
        },
    };
}

;// CONCATENATED MODULE: ./audit/checks/lifecycle/index.js
/** What lifecycle policies do, by ECR's published rules. */





;// CONCATENATED MODULE: ./audit/checks/policy/denies.js
/** Deny statements that prevent Amazon Inspector from scanning, or everyone from changing the policy. */












const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const NEEDED_TO_SCAN = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const NEEDED_TO_CONFIGURE = 'ecr:PutRegistryScanningConfiguration';
const deniesInspector = policyJudge({
    id: 'policy/denies-inspector',
    title: 'No Deny prevents Amazon Inspector from scanning.',
    severities: ['medium'],
    means: "A Deny applies to Inspector's service-linked role and an action that scanning needs (ecr:BatchGetImage, ecr:GetDownloadUrlForLayer; in a registry policy also ecr:PutRegistryScanningConfiguration).",
    why: 'Inspector cannot scan the images, or enhanced scanning cannot be set up, and only Inspector shows the reason.',
    fix: "Exclude Inspector's service-linked role from the Deny.",
    nearest: 'none',
    reference: 'https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html',
    looksUp: false,
    judge(view, report) {
        const role = inspectorRole(view.registry, view.world.organization);
        const { registry, repository } = view;
        const found = [];
        const denied = new Set();
        for (const placed of statementsOf(view, report)) {
            if (placed.statement.effect !== 'Deny')
                continue;
            for (const action of view.kind === 'registry'
                ? [...NEEDED_TO_SCAN, NEEDED_TO_CONFIGURE]
                : NEEDED_TO_SCAN) {
                if (!isAbout(placed.statement, action))
                    continue;
                const resource = action === NEEDED_TO_CONFIGURE
                    ? { everything: true }
                    : repository === undefined
                        ? { any: glob(arnOf(registry, '*')) }
                        : { arn: repository };
                const match = denies(view, placed.statement, role, resource);
                if (match.truth === 'yes') {
                    denied.add(action);
                    if (!found.includes(placed))
                        found.push(placed);
                }
                else if (match.truth !== 'no') {
                    const reasons = [...match.conditions, ...match.reasons];
                    report.unknown(`whether ${list(reasons)} makes statement ${sidsOf([placed])} of ${view.called} deny ${action} to Amazon Inspector`);
                }
            }
        }
        if (found.length === 0)
            return;
        report.fail({
            what: `${capital(view.called)} denies ${list([...denied])} to Amazon Inspector, in ${statementWord(found)} ${sidsOf(found)}.`,
            toDo: "Exclude Inspector's service-linked role from the Deny.",
            evidence: { statements: some(found).map(shown), role: role.arn },
            command: view.put,
            document: () => excepting(view, found, role.arn),
            more: (read) => {
                const facts = view.registry.repositories;
                const of = read(facts).find(({ arn }) => arn === repository);
                const rows = of === undefined ? [] : read(of.coverage).filter(({ reason }) => reason === 'ACCESS_DENIED');
                return rows.length === 0 ? {} : { accessDenied: some(rows.map(({ digest }) => digest)) };
            },
            items: itemsOf(found),
        });
    },
});
/**
 * Whether a Deny applies to the service-linked role. The role's calls are encrypted and come from AWS; other properties
 * of its requests are not documented. A Deny on only some of the repositories counts.
 */
function denies(view, statement, role, resource) {
    const attachment = attachmentOf(view);
    const context = contextOf(role, attachment, { 'aws:securetransport': ['true'] });
    const who = whom(statement, role).reduce((match, one) => either(match, one.match), NO);
    const holds = holdAll(statement.conditions, context, hasVariables(view));
    const about = matchResources(statement.resources, resource, view.kind, hasVariables(view), context);
    const isPart = 'any' in resource && about.truth === 'conditional';
    return both(both(who, holds), isPart ? { ...about, truth: 'yes' } : about);
}
/**
 * The policy with a role excluded from some Deny statements; undefined if that requires more than one additional
 * condition.
 */
function excepting(view, statements, role) {
    if (statements.some(({ statement }) => statement.principals?.except))
        return undefined;
    const places = new Set(statements.map(({ at }) => at));
    return edited(view, (statement, at) => {
        if (!places.has(at))
            return statement;
        const condition = objectOf(statement.Condition);
        const tests = objectOf(condition.ArnNotLike);
        const key = Object.keys(tests).find((one) => lowerCase(one) === 'aws:principalarn') ?? 'aws:PrincipalArn';
        const before = tests[key] === undefined ? [] : [tests[key]].flat();
        return {
            ...statement,
            Condition: { ...condition, ArnNotLike: { ...tests, [key]: [...before, role] } },
        };
    });
}
const LOCKS = ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'];
const locksOut = policyJudge({
    id: 'policy/locks-out',
    kinds: ['repository'],
    title: 'At least one principal can change the policy.',
    severities: ['medium'],
    means: 'Deny statements on both ecr:SetRepositoryPolicy and ecr:DeleteRepositoryPolicy have no exceptions, or only exceptions for principals that do not exist. A condition on the request counts as an exception.',
    why: "Only the account's root user, if anyone, can change the policy.",
    fix: "Exclude an existing role that is reserved for emergencies. If no principal can change the policy, delete it as the account's root user.",
    nearest: 'none',
    reference: `${ECR}/repository-policies.html`,
    looksUp: true,
    judge(view, report) {
        const statements = statementsOf(view, report).filter(({ statement }) => statement.effect === 'Deny');
        const locks = LOCKS.map((action) => statements.filter(({ statement }) => isAbout(statement, action)));
        if (locks.some((denying) => denying.length === 0))
            return;
        const found = [...new Set(locks.flat())];
        const fail = (what) => report.fail({
            what: `${capital(view.called)} does not allow ${what} to change or delete it, in ${statementWord(found)} ${sidsOf(found)}.`,
            toDo: "Exclude an existing role from the Deny, as the account's root user.",
            evidence: { statements: some(found).map(shown) },
            ...without(view, found),
            items: itemsOf(found),
        });
        const isAbsolute = ({ statement }) => isForEveryone(statement) &&
            statement.conditions.length === 0 &&
            isOnResource(view, statement, { arn: attachmentOf(view).resources }).truth === 'yes';
        if (locks.every((denying) => denying.some(isAbsolute)))
            return fail('anyone');
        const directory = directoryOf(view, report.read);
        const { account } = view.registry;
        const existing = (directory.of(account) ?? []).filter(({ arn }) => !world_isServiceLinked(arn));
        const reasons = [];
        for (const principal of existing) {
            for (const denying of locks) {
                const match = denying
                    .map(({ statement }) => denies(view, statement, principal, { arn: attachmentOf(view).resources }))
                    .reduce(either, NO);
                if (match.truth === 'no' || match.truth === 'conditional')
                    return;
                if (match.truth === 'unknown')
                    reasons.push(...match.reasons);
            }
        }
        if (reasons.length > 0)
            return report.unknown(`whether ${view.called} excludes any principal: ${list(reasons)}`);
        const foreign = foreignExceptions(view, found);
        if (foreign.length > 0)
            return report.unknown(`whether ${list(foreign)} exists: the account is not audited`);
        fail('any existing principal');
    },
});
/**
 * Principals of other accounts that the Deny statements exclude, if the policy allows anyone in these accounts to
 * change it.
 */
function foreignExceptions(view, denying) {
    const document = policies_documentOf(view);
    const mayBeAllowed = document.readable &&
        LOCKS.some((action) => statementsFor(document, action).some(({ effect }) => effect !== 'Deny'));
    if (!mayBeAllowed)
        return [];
    return denying.flatMap(({ statement }) => statement.conditions
        .filter(({ key }) => lowerCase(key) === 'aws:principalarn')
        .flatMap(({ values }) => values)
        .filter((arn) => partsOf(arn)?.[4] !== view.registry.account));
}

;// CONCATENATED MODULE: ./audit/access/never.js
/** Statements of resource policies that can never take effect, and roles in policies that do not exist. */







/** Keys that every request of a user or a role has. */
const never_ALWAYS_THERE = new Set(['aws:principalarn', 'aws:principalaccount', 'aws:userid', 'aws:principaltype']);
/**
 * Why a statement cannot take effect, as the rest of a sentence about it; undefined if it can or if that is uncertain.
 * Missing roles that it names by a literal ARN and allows to push are not part of it: see `rolesToCreate`.
 */
function whyNever(statement, { variables }, at, directory) {
    const { principals, conditions, resources } = statement;
    if (principals !== undefined && !principals.except) {
        const dead = principals.entries.map((entry) => whyNobody(entry, directory));
        if (dead.every((why) => why !== undefined))
            return dead[0];
    }
    if (resources !== undefined && !resources.except) {
        const reachable = resources.patterns.some((pattern) => intersect(glob(pattern.replace(/\$\{[^}]*\}?/g, '*')), glob(at.resources)));
        if (!reachable)
            return 'its Resource names nothing of this registry';
    }
    for (const condition of conditions) {
        const why = whyFalse(condition, statement, variables, at, directory);
        if (why !== undefined)
            return why;
    }
    return whyContradicting(statement, variables, at);
}
function whyNobody(entry, directory) {
    switch (entry.type) {
        case 'role':
        case 'user': {
            const there = directory.of(entry.account)?.some(({ arn }) => arn === entry.arn) ?? true;
            return there ? undefined : `there is no ${entry.arn}`;
        }
        case 'session': {
            const there = directory.of(entry.account)?.some(({ arn }) => isRoleOfName(arn, entry.role)) ?? true;
            return there ? undefined : `there is no role ${shortened(entry.role)} in ${entry.account}`;
        }
        case 'id':
            // If no existing principal has the id, it stands for a deleted principal.
            return directory.hasId(entry.id) ? undefined : `the principal ${entry.id} was deleted`;
        default:
            return undefined;
    }
}
function isRoleOfName(arn, name) {
    return arn.includes(':role/') && arn.endsWith(`/${name}`);
}
function whyFalse(condition, statement, variables, at, directory) {
    const { operator, set, ifExists, values, text } = condition;
    const key = lowerCase(condition.key);
    if (operator === undefined || operator.negated || operator.type === 'null')
        return undefined;
    // It is true if the key is missing.
    if ((set === 'all' || ifExists) && !never_ALWAYS_THERE.has(key))
        return undefined;
    const isText = operator.type === 'text' || operator.type === 'text-ignoring-case';
    if (isText && values.every((value) => isWildcardText(value, variables))) {
        return `"${text}" compares text, in which * and ? are not wildcards`;
    }
    if (key !== 'aws:principalarn')
        return undefined;
    const arns = values.filter((value) => !isSessionArn(value));
    if (arns.length === 0)
        return `"${text}" has the ARN of a session, but aws:PrincipalArn is the ARN of the role`;
    if (arns.some((value) => !isOfReadAccount(value, directory)))
        return undefined;
    const grantsPush = statement.effect === 'Allow' && isAbout(statement, 'ecr:PutImage');
    const named = arns.filter((value) => !(grantsPush && isRoleLiteral(value, condition)));
    if (named.length < arns.length)
        return undefined;
    const alive = arns.some((value) => {
        const account = partsOf(value)?.[4] ?? '';
        const one = { ...condition, values: [value] };
        if (holds(one, contextOf(rootOf({ id: account, partition: at.partition, organization: at.organization }), at), variables).truth !== 'no')
            return true;
        if (partsOf(value)?.[2] === 'sts')
            return true;
        return directory
            .of(account)
            ?.some((principal) => holds(one, contextOf(principal, at), variables).truth !== 'no');
    });
    return alive ? undefined : `"${text}" matches no existing user or role`;
}
function isSessionArn(value) {
    return /^arn:[^:]*:sts::[^:]*:assumed-role\//.test(value);
}
/** Whether a value can only be the ARN of a principal in an account that was read. */
function isOfReadAccount(value, directory) {
    const account = partsOf(value)?.[4];
    return account !== undefined && /^\d{12}$/.test(account) && directory.of(account) !== undefined;
}
function isRoleLiteral(value, { operator }) {
    if (!/^arn:[^:*?$]*:iam::\d{12}:role\/[^$]+$/.test(value))
        return false;
    return operator === undefined || !takesWildcards(operator) || !/[*?]/.test(value);
}
/**
 * Missing roles that an Allow for everyone allows to push by their ARN. A Principal element stops matching when a role
 * is deleted, but a condition does not, so creating the role is enough to push.
 */
function rolesToCreate(statement, directory) {
    const { effect, principals, conditions } = statement;
    if (effect !== 'Allow' || principals?.except !== false || !isAbout(statement, 'ecr:PutImage'))
        return [];
    if (!principals.entries.some(({ type }) => type === 'everyone'))
        return [];
    return conditions.flatMap((condition) => {
        const { key, operator, values } = condition;
        if (lowerCase(key) !== 'aws:principalarn' || operator === undefined || operator.negated)
            return [];
        return values.filter((value) => {
            if (!isRoleLiteral(value, condition))
                return false;
            return directory.of(partsOf(value)?.[4] ?? '')?.every(({ arn }) => arn !== value) ?? false;
        });
    });
}
/** Conditions that cannot be true together, or not for any principal in the Principal element. */
function whyContradicting(statement, variables, at) {
    const { principals, conditions } = statement;
    const { accounts, organizations } = limitsOf(statement, variables, {
        account: at.account,
        organization: at.organizationId,
    });
    if (accounts?.size === 0)
        return 'its conditions exclude every account';
    if (organizations?.size === 0)
        return 'its conditions exclude every organization';
    const named = principals?.except === false ? principals.entries.map(never_accountOf) : [];
    if (accounts !== undefined &&
        named.length > 0 &&
        named.every((one) => one !== undefined && !accounts.has(one))) {
        return 'its conditions require another account than its Principal names';
    }
    for (const [index, one] of conditions.entries()) {
        for (const other of conditions.slice(index + 1)) {
            if (exclude(one, other, variables) || exclude(other, one, variables)) {
                return `"${one.text}" and "${other.text}" cannot both be true`;
            }
        }
    }
    return undefined;
}
/** The account of the principals in a Principal element; undefined if there is none, or if it can be any. */
function never_accountOf(entry) {
    return 'account' in entry ? entry.account : undefined;
}
/** Whether no value that one condition requires can satisfy the other condition, for the same single-valued key. */
function exclude(one, other, variables) {
    if (lowerCase(one.key) !== lowerCase(other.key))
        return false;
    if (one.set !== undefined || other.set !== undefined || one.ifExists)
        return false;
    const [a, b] = [one.operator, other.operator];
    if (a === undefined || b === undefined || a.negated || a.type === 'null')
        return false;
    if (b.type === 'null')
        return other.values.every((value) => lowerCase(value) === 'true');
    const values = one.values;
    const wild = takesWildcards(a);
    const literal = values.every((value) => !(variables && value.includes('${')) && !(wild && /[*?]/.test(value)));
    if (!literal || other.values.some((value) => variables && value.includes('${')))
        return false;
    const tests = other.values.map((value) => testOf(b, value));
    if (!isTextual(a.type) || tests.includes(undefined))
        return false;
    return values.every((value) => tests.some((test) => test?.(value) === true) === b.negated);
}
function isTextual(type) {
    return type === 'text' || type === 'pattern' || type === 'arn';
}
function testOf({ type, negated }, wanted) {
    if (type === 'text')
        return (value) => value === wanted;
    if (type === 'pattern' || (type === 'arn' && !negated)) {
        const pattern = glob(wanted);
        return (value) => matches(pattern, value);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./audit/checks/policy/effect.js
/** Statements that have no effect, and statements that take effect when a missing role is created. */




const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const recreatable = policyJudge({
    id: 'policy/recreatable',
    title: 'No principal gets push access by creating a role.',
    severities: ['high'],
    means: 'A condition on aws:PrincipalArn grants push to a role of an audited account that does not exist.',
    why: 'Anyone who creates a role with that name can push. A Principal element stops matching when its role is deleted; a condition does not.',
    fix: 'Name existing roles in the Principal element.',
    nearest: 'none',
    reference: `${IAM}/reference_policies_elements_principal.html`,
    looksUp: true,
    judge(view, report) {
        for (const placed of statementsOf(view, report)) {
            report.attempt(() => {
                const roles = rolesToCreate(placed.statement, directoryOf(view, report.read));
                if (roles.length === 0)
                    return;
                report.fail({
                    what: `${capital(view.called)} lets ${list(roles)} push, in statement ${sidsOf([placed])}, and no such role exists.`,
                    toDo: 'Remove the role from the condition, or name an existing role in the Principal element.',
                    evidence: { roles: some(roles), statements: [shown(placed)] },
                    ...without(view, [placed]),
                    items: roles,
                });
            });
        }
    },
});
const neverMatches = policyJudge({
    id: 'policy/never-matches',
    title: 'Each statement can take effect.',
    severities: ['medium'],
    means: 'A statement cannot take effect, for one of these reasons: it names only principals that do not exist in an audited account or that were deleted (`AIDA…`, `AROA…`); a value of StringEquals or StringEqualsIgnoreCase contains `*` or `?`; it compares aws:PrincipalArn with the ARN of an assumed-role session; its conditions contradict each other; its resources are in another registry.',
    why: 'A Deny that never applies protects nothing, although it seems to. An Allow that never applies does not give the intended principals access.',
    fix: 'Correct the statement, or remove it.',
    nearest: "IAM Access Analyzer's policy validation finds some of these problems in a single document. It does not check which principals exist.",
    reference: `${IAM}/reference_policies_elements_condition_operators.html`,
    looksUp: true,
    judge(view, report) {
        const document = policies_documentOf(view);
        if (!document.readable) {
            statementsOf(view, report);
            return;
        }
        for (const placed of statementsOf(view, report)) {
            report.attempt(() => {
                const directory = directoryOf(view, report.read);
                const why = whyNever(placed.statement, document, attachmentOf(view), directory);
                if (why === undefined)
                    return;
                report.fail({
                    what: `Statement ${sidsOf([placed])} of ${view.called} cannot take effect: ${words_name(why)}.`,
                    toDo: 'Correct the statement, or remove it.',
                    evidence: { statements: [shown(placed)] },
                    ...without(view, [placed]),
                    items: itemsOf([placed]),
                });
            });
        }
    },
});

;// CONCATENATED MODULE: ./audit/checks/policy/everyone.js
/** Allow statements for everyone, and for unknown accounts. */






const everyone_ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const everyone_IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const everyone_open = policyJudge({
    id: 'policy/public',
    title: 'No policy is open to everyone.',
    severities: ['critical'],
    means: 'A statement allows everyone (`*`), and no condition limits it to accounts, to an organization or its paths, to principals, to source addresses other than all addresses, to a VPC or endpoint, or to a source account or ARN. Conditions on tags, the type of principal, TLS, MFA or time do not count, nor do wildcards in the ids of accounts or organizations, nor IfExists and ForAllValues if the key can be absent. A Deny for everyone except such principals counts as a limit.',
    why: 'Every AWS account has the access that the statement allows. If it allows push, anyone can replace what is deployed.',
    fix: 'Name the principals, or limit the statement to your organization or accounts.',
    nearest: 'Prowler `ecr_repositories_not_publicly_accessible`, Checkov CKV_AWS_32 and Trivy AVD-AWS-0032 accept any condition, or only some keys, as a limit, and do not read the registry policy.',
    reference: `${everyone_ECR}/repository-policies.html`,
    looksUp: false,
    judge(view, report) {
        const statements = statementsOf(view, report);
        const found = statements.filter((placed) => {
            if (!isAllow(placed) || !isForEveryone(placed.statement))
                return false;
            const limits = limitsIn(view, placed.statement);
            const limited = isLimited(limits);
            if (limited === true || isTakenBack(view, placed.statement, statements))
                return false;
            if (limited === false)
                return true;
            const conditions = list(limits.unknown);
            report.unknown(`whether ${conditions} in statement ${sidsOf([placed])} limits who has this access`);
            return false;
        });
        if (found.length === 0)
            return;
        report.fail({
            what: `${capital(view.called)} gives every AWS account the access that ${statementWord(found)} ${sidsOf(found)} ${found.length === 1 ? 'allows' : 'allow'}.`,
            toDo: 'Limit the access to your organization or accounts, or name the principals.',
            evidence: { statements: some(found).map(shown) },
            command: view.put,
            document: () => limitedTo(view, found),
            items: itemsOf(found),
        });
    },
});
/** Whether a Deny of the policy limits an Allow for everyone to the principals that the Deny excludes. */
function isTakenBack(view, allow, statements) {
    return statements.some(({ statement: deny }) => {
        if (deny.effect !== 'Deny' || !isForEveryone(deny) || allow.actions.except || deny.actions.except) {
            return false;
        }
        if (!allow.actions.patterns.every((one) => deny.actions.patterns.some((wide) => covers(wide, one)))) {
            return false;
        }
        if (!coversResources(deny, allow))
            return false;
        const exceptions = exceptionsOf(deny, hasVariables(view), ownSide(view));
        return exceptions === undefined ? deny.conditions.length === 0 : isLimited(exceptions) === true;
    });
}
function coversResources(outer, inner) {
    if (outer.resources === undefined)
        return true;
    if (outer.resources.except)
        return false;
    const wide = outer.resources.patterns.map(glob);
    if (wide.some((pattern) => covers(pattern, glob('*'))))
        return true;
    if (inner.resources === undefined || inner.resources.except)
        return false;
    return inner.resources.patterns.every((one) => wide.some((pattern) => covers(pattern, glob(one))));
}
/** The policy with the statements limited to the organization or, without one, to the known accounts. */
function limitedTo(view, statements) {
    const { world, registry } = view;
    const { organization, accounts } = world.expectations;
    const places = new Set(statements.map(({ at }) => at));
    const test = organization === undefined
        ? { 'aws:PrincipalAccount': [...new Set([registry.account, ...world.audited, ...accounts.keys()])] }
        : { 'aws:PrincipalOrgID': organization };
    return edited(view, (statement, at) => {
        if (!places.has(at))
            return statement;
        const condition = objectOf(statement.Condition);
        return {
            ...statement,
            Condition: { ...condition, StringEquals: { ...objectOf(condition.StringEquals), ...test } },
        };
    });
}
const notPrincipal = policyJudge({
    id: 'policy/not-principal',
    title: 'No Allow statement uses NotPrincipal.',
    severities: ['high'],
    means: 'An Allow statement uses NotPrincipal.',
    why: 'The statement allows every principal that it does not name, including principals of other organizations. AWS no longer supports this combination, but old policies may still contain it.',
    fix: 'Name the intended principals in Principal.',
    nearest: 'none',
    reference: `${everyone_IAM}/reference_policies_elements_notprincipal.html`,
    looksUp: false,
    judge(view, report) {
        const found = statementsOf(view, report).filter((placed) => isAllow(placed) && placed.statement.principals?.except === true);
        if (found.length === 0)
            return;
        report.fail({
            what: `${capital(view.called)} allows everyone except the principals in NotPrincipal, in ${statementWord(found)} ${sidsOf(found)}.`,
            toDo: 'Name the intended principals in Principal instead.',
            evidence: { statements: some(found).map(shown) },
            ...without(view, found),
            items: itemsOf(found),
        });
    },
});
const external = policyJudge({
    id: 'policy/external',
    title: 'Policies name only known accounts.',
    severities: ['high'],
    means: 'An Allow statement names an account, by Principal or by a condition on aws:PrincipalAccount or aws:PrincipalArn, that is not audited, is not in `accounts` or `pull-accounts` of the audit policy, and is not limited by a condition to its `organization`. If the audit policy names no accounts, the result is unknown and lists the accounts.',
    why: 'Accounts of former partners and vendors, and accounts from trials, keep their access until someone removes it.',
    fix: 'Remove the account from the policy, or add it to `accounts` in the audit policy.',
    nearest: 'IAM Access Analyzer lists external access to repositories. It knows only the accounts in its zone of trust.',
    reference: `${everyone_ECR}/repository-policies.html`,
    looksUp: false,
    judge(view, report) {
        const isKnown = (account) => view.world.isKnownAccount(account, view.expected);
        const found = statementsOf(view, report)
            .filter((placed) => isAllow(placed) && placed.statement.principals?.except === false)
            .map((placed) => {
            const who = outsidersOf(view, placed.statement, isKnown);
            // `policy/public` reports access for everyone.
            return { placed, who: { ...who, everyone: false } };
        });
        reportOutsiders(view, found, report, {
            does: 'have access',
            toDo: 'Remove the account from the policy, or add it to accounts in the audit policy.',
        });
    },
});

;// CONCATENATED MODULE: ./audit/checks/policy/others.js
/** Whether policies deny push and control to every principal that is not expected to have them. */












const others_ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const others_IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const others_missing = repositoryCheck({
    id: 'policy/missing',
    title: 'A policy limits who can push.',
    severities: ['low'],
    means: 'The repository has no policy, and no Deny of the registry policy limits push to some principals.',
    why: 'Every principal of the account with permissions for all of ECR can push, and so can replace what is deployed.',
    fix: 'Set a repository policy that denies push and control to every principal that should not have them.',
    nearest: 'none',
    reference: `${others_ECR}/repository-policies.html`,
    needs: {
        policy: repositoryPolicy,
        registryPolicy: registryPolicy,
        scope: policyScope,
    },
    judge(facts, about, report) {
        if (facts.policy !== undefined)
            return;
        const { registry, repository } = about;
        const text = facts.registryPolicy;
        if (text !== undefined && facts.scope === 'V2') {
            const view = viewOfRegistry(about, text);
            const denies = deniesOfOthers(view, repository.arn, report);
            if (denies.some(({ statement }) => isAbout(statement, 'ecr:PutImage')))
                return;
            if (report.unknowns.length > 0)
                return;
        }
        report.fail({
            what: `${repository.name} has no policy, and no registry policy limits who can push to it.`,
            toDo: 'Set a repository policy.',
            command: commandsFor(registry, { repository: repository.name }).put,
            document: () => proposedDocument(about),
        });
    },
});
function proposedDocument(about) {
    const proposal = proposalFor(about);
    return proposal !== undefined && 'document' in proposal ? proposal.document : undefined;
}
/**
 * The actions that have to be denied to everyone else to enforce the expectations, whatever identity policies allow.
 */
const GUARDED = [...PUSH, ...DELETE, ...ADMINISTER];
const denyOthers = repositoryCheck({
    id: 'policy/deny-others',
    title: 'Push and control are denied to every principal that is not expected to push.',
    severities: ['low'],
    means: 'The audit policy has the expectation `push`, and no Deny for everyone else (`*` with a condition on the principal, or NotPrincipal) covers the push, retag, delete and control actions. Several Deny statements count together, including those of the registry policy. A Deny that excludes every role or every user of the account does not count. The check also fails if the Deny excludes no principal in `administer` or `administrators`.',
    why: 'An Allow in a repository policy does not exclude others: in the same account, an identity policy with `ecr:*` is enough to push. Only a Deny excludes other principals, and only as long as they cannot change the policy.',
    fix: 'Add a Deny for push, deletion and control actions for everyone except the expected principals.',
    nearest: 'none',
    reference: `${others_IAM}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
    needs: {
        policy: repositoryPolicy,
        registryPolicy: registryPolicy,
        scope: policyScope,
    },
    applies: ({ expected }) => expected.push !== undefined,
    judge(facts, about, report) {
        const { registry, repository, world, expected } = about;
        const views = [];
        report.attempt(() => {
            if (facts.policy !== undefined)
                views.push(viewOfRepository(about, facts.policy));
        });
        const denies = views.flatMap((view) => deniesOfOthers(view, repository.arn, report));
        const isCovered = (action) => denies.some(({ statement }) => isAbout(statement, action));
        if (!GUARDED.every(isCovered)) {
            report.attempt(() => {
                if (facts.registryPolicy === undefined || facts.scope !== 'V2')
                    return;
                const view = viewOfRegistry(about, facts.registryPolicy);
                denies.push(...deniesOfOthers(view, repository.arn, report));
            });
        }
        const open = GUARDED.filter((action) => !isCovered(action));
        const control = denies.filter(({ statement }) => ADMINISTER.some((action) => isAbout(statement, action)));
        const administers = control.some(({ exceptions }) => exceptions.some((arn) => couldBeExpected(arn, expected.administer, world.expectations.administrators)));
        if (open.length === 0 && administers)
            return;
        if (report.unknowns.length > 0)
            return;
        report.fail({
            what: open.length > 0
                ? `Not every unexpected principal is denied ${list(open)} on ${repository.name}.`
                : `The Deny on control of ${repository.name} excludes no principal that administer or administrators names.`,
            toDo: 'Deny these actions to everyone except the expected principals.',
            evidence: { open, denies: some(denies).map(shown) },
            command: commandsFor(registry, { repository: repository.name }).put,
            document: () => proposedDocument(about),
            items: open.length > 0 ? open : ['no administrator'],
        });
    },
});
/** Keys that identify a principal. An exception for a whole account or organization restricts no principal in it. */
function isWho(key) {
    const small = lowerCase(key);
    return (['aws:principalarn', 'aws:userid', 'aws:username'].includes(small) ||
        small.startsWith('aws:principaltag/'));
}
/**
 * A role and a user of the registry's account that no policy names. A Deny that excludes them, by an ARN, an id or a name that
 * matches everyone, denies no principal of that kind.
 */
function strangers({ registry, world }) {
    const { account, partition } = registry;
    const name = 'a-principal-that-no-policy-names';
    return ['role', 'user'].map((kind) => ({
        arn: `arn:${partition}:iam::${account}:${kind}/${name}`,
        kind,
        account,
        id: `${kind === 'role' ? 'AROA' : 'AIDA'}0000000000000000`,
        tags: { known: {} },
        organization: world.organization,
        policies: { known: [] },
        managedPolicies: [],
        boundary: { known: undefined },
        trust: { known: undefined },
    }));
}
/** Conditions that exclude AWS services, which have no ARN. */
function exceptsServices({ key, operator, values, set }) {
    const small = lowerCase(key);
    if (small === 'aws:principalisawsservice') {
        return operator?.type === 'bool' && values.every((value) => lowerCase(value) === 'false');
    }
    return small.startsWith('aws:principalservicename') && operator?.negated === true && set !== 'any';
}
/** The Deny statements about a repository for everyone except some principals. */
function deniesOfOthers(view, arn, report) {
    return statementsOf(view, report).flatMap((placed) => {
        const { statement } = placed;
        const { effect, principals, conditions } = statement;
        if (effect !== 'Deny' || principals === undefined)
            return [];
        if (isOnResource(view, statement, { arn }).truth !== 'yes')
            return [];
        const others = conditions.filter((condition) => !exceptsServices(condition));
        if (principals.except) {
            if (others.length > 0)
                return [];
            return [
                { ...placed, exceptions: principals.entries.flatMap((entry) => ('arn' in entry ? [entry.arn] : [])) },
            ];
        }
        if (!isForEveryone(statement))
            return [];
        if (!others.every(({ key, operator, set }) => isWho(key) && operator?.negated === true && set !== 'any'))
            return [];
        const hits = strangers(view)
            .map((stranger) => denies(view, statement, stranger, { arn }))
            .reduce(both, YES);
        if (hits.truth === 'unknown') {
            report.unknown(`whom statement ${sidsOf([placed])} of ${view.called} does not deny: ${list(hits.reasons)}`);
        }
        if (hits.truth === 'no' || hits.truth === 'unknown')
            return [];
        const arns = others.filter(({ key }) => lowerCase(key) === 'aws:principalarn');
        return [{ ...placed, exceptions: arns.flatMap(({ values }) => values) }];
    });
}
/** Whether an ARN or a pattern of ARNs can match a principal that globs expect. */
function couldBeExpected(arn, ...globs) {
    if (isExpected(arn, ...globs))
        return true;
    const pattern = glob(arn);
    return globs.some((all) => all?.some((one) => intersect(pattern, glob(one.replace(/\*+/g, '*')))));
}

;// CONCATENATED MODULE: ./audit/checks/policy/index.js
/** What repository policies, registry policies and those of creation templates say, statement by statement. */




/** The checks of a policy's text, which also judge the documents of creation templates. */
const POLICY_JUDGES = [
    everyone_open,
    notPrincipal,
    external,
    deniesInspector,
    locksOut,
    recreatable,
    neverMatches,
];

;// CONCATENATED MODULE: ./audit/checks/runtime.js
/** Images that run: whether they are scanned, can be pulled again, and are signed. */









function evidenceOf({ digest, by, clusters }) {
    return { digest, by: some(by), clusters: some(clusters) };
}
const runtime_current = repositoryCheck({
    id: 'runtime/current',
    title: 'Images that run have a current scan.',
    severities: ['high'],
    means: 'An image that ECS tasks or Lambda functions run, or that Inspector reports as in use, has no current scan (as in `scanning/current`). All platforms of an index count, unless the task names one.',
    why: 'Attackers can exploit vulnerabilities of images that run. An old image that is no longer scanned shows no findings, however many vulnerabilities it has.',
    fix: 'Deploy an image that is scanned, or push this image again.',
    nearest: 'none',
    reference: 'https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html',
    needs: {
        images: scannedImages,
        uses: uses,
        coverage: coverage,
        scanning: scanning,
    },
    judge(facts, about, report) {
        const set = new ImageSet(facts.images);
        const running = runningOf(set, facts, report, isRunning);
        if (running.all.length === 0)
            return report.doesNotApply();
        const tops = [];
        const gone = [];
        for (const one of running.all) {
            if (one.image === undefined)
                gone.push(one);
            else
                tops.push({ image: one.image, as: one.by, architectures: one.architectures });
        }
        let isBasic = false;
        report.attempt(() => {
            isBasic = facts.scanning.scanType === 'BASIC';
        });
        if (gone.length > 0) {
            report.fail({
                what: `${count(gone.length, 'image')} of ${words_name(about.repository.name)} that ${gone.length === 1 ? 'runs is' : 'run are'} no longer in the repository, so nothing scans ${gone.length === 1 ? 'it' : 'them'}: ${list(gone.map(({ digest }) => words_short(digest)))}.`,
                toDo: 'Deploy an existing image.',
                evidence: { running: some(gone).map(evidenceOf) },
                items: gone.map(({ digest }) => digest),
            });
        }
        const bad = unscanned(tops, set, report);
        if (bad.length === 0)
            return;
        const digests = new Set(bad.map(({ image }) => image.digest));
        const runs = running.all.filter(({ digest, image }) => digests.has(digest) || image?.entries?.some((entry) => digests.has(entry.digest)));
        report.fail(problemOf(bad, about, isBasic, { running: some(runs).map(evidenceOf) }));
    },
});
const gone = repositoryCheck({
    id: 'runtime/gone',
    title: 'Services and functions can pull their images again.',
    severities: ['high'],
    means: 'An ECS service (even one with a desired count of 0) or a Lambda function refers to a digest or tag that is missing or archived. Each published version of a function counts, because it can be invoked by its number.',
    why: 'When a task is replaced, its image cannot be pulled, and the service does not start again.',
    fix: 'Deploy an existing image, push the image again, or restore it from the archive. Delete versions of functions that nothing invokes.',
    nearest: 'none',
    reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cannot-pull-image.html',
    needs: { images: needs_images, uses: uses },
    judge(facts, { registry, repository }, report) {
        const uses = knownUses(facts.uses, report).filter(({ kind }) => kind !== 'ecs-task');
        if (uses.length === 0)
            return report.doesNotApply();
        const set = new ImageSet(facts.images);
        const found = [];
        for (const use of uses) {
            for (const { reference, image } of referencesOf(use, set)) {
                const why = lack(image);
                const mayBeThere = why === 'missing' && !reference.startsWith('sha256:') && set.hasUnknownTags();
                if (why === 'unknown' || mayBeThere) {
                    report.unknown(`whether ${words_name(reference)}, to which ${words_name(use.by)} refers, can be pulled`);
                }
                else if (why !== undefined)
                    found.push({ use, reference, why });
            }
        }
        if (found.length === 0)
            return;
        const archived = found.find(({ why }) => why === 'archived');
        report.fail({
            what: `${count(found.length, 'reference')} of services and functions to ${words_name(repository.name)} ${found.length === 1 ? 'leads' : 'lead'} to an image that is missing or archived: ${list(found.map(({ use, reference, why }) => `${use.by} to ${reference} (${why})`))}.`,
            toDo: archived === undefined
                ? 'Deploy an existing image, or push this one again.'
                : 'Restore the image, or deploy an existing one.',
            evidence: {
                references: some(found).map(({ use, reference, why }) => ({
                    by: use.by,
                    cluster: use.cluster ?? null,
                    image: use.image,
                    reference,
                    why,
                })),
            },
            command: archived === undefined
                ? aws('ecr describe-images', { 'repository-name': repository.name, region: registry.region })
                : aws('ecr update-image-storage-class', {
                    'repository-name': repository.name,
                    'image-id': archived.reference.startsWith('sha256:')
                        ? `imageDigest=${archived.reference}`
                        : `imageTag=${archived.reference}`,
                    'target-storage-class': 'STANDARD',
                    region: registry.region,
                }),
            items: found.map(({ use }) => use.by),
        });
    },
});
/**
 * What a service or function refers to. Lambda continues to use the digest that it resolved, and so does a service that
 * keeps its version. A new deployment of the service resolves the tag again.
 */
function referencesOf({ kind, tag, pinned, digest }, set) {
    const found = [];
    const digests = new Set([digest, pinned].filter((one) => one !== undefined));
    for (const reference of digests)
        found.push({ reference, image: set.of(reference) });
    if (tag !== undefined && (kind === 'ecs-service' || found.length === 0)) {
        found.push({ reference: tag, image: set.tagged(tag) });
    }
    return found;
}
/** Artifact types of signatures that refer to an image. */
const SIGNATURES = [
    'application/vnd.dev.sigstore.bundle',
    'application/vnd.cncf.notary.signature',
    'application/vnd.dev.cosign.artifact.sig',
];
const signed = repositoryCheck({
    id: 'runtime/signed',
    title: 'Images that run are signed.',
    severities: ['medium'],
    means: 'The audit policy expects signatures (`signed`), and an image that runs has none: neither the image nor its index has a Sigstore bundle, a legacy tag or a Notation referrer. The check looks only for the presence of a signature; the verify action checks whether it is valid.',
    why: 'An image without a signature did not pass the gate, or its signature was deleted.',
    fix: "Deploy an image that passed the gate. If ECR's managed signing covers the repository, check the signing status of the image.",
    nearest: 'none',
    reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-signing.html',
    needs: {
        images: needs_images,
        uses: uses,
        coverage: coverage,
        signing: signing,
    },
    applies: ({ expected }) => expected.signed,
    judge(facts, { registry, repository }, report) {
        const set = new ImageSet(facts.images);
        const running = runningOf(set, facts, report, isRunning);
        if (running.all.length === 0)
            return report.doesNotApply();
        const subjects = new Set();
        const doubtful = new Set();
        let isUnclear = set.hasUnknownTags();
        for (const image of facts.images) {
            for (const tag of image.tags ?? []) {
                const subject = tag.endsWith('.sig') ? legacySubject(tag) : undefined;
                if (subject !== undefined)
                    subjects.add(subject);
            }
            if (image.subject === undefined)
                isUnclear = true;
            if (typeof image.subject !== 'string')
                continue;
            if (image.artifactType === undefined)
                doubtful.add(image.subject);
            else if (SIGNATURES.some((type) => image.artifactType?.startsWith(type)))
                subjects.add(image.subject);
        }
        const bad = [];
        for (const one of running.all) {
            const digests = [...set.indexes.withIndexesOf([one.digest])];
            if (digests.some((digest) => subjects.has(digest)))
                continue;
            const unsure = isUnclear || digests.some((digest) => doubtful.has(digest)) || mayHaveIndex(one, set);
            if (unsure)
                report.unknown(`whether ${words_short(one.digest)}, which runs, is signed`);
            else
                bad.push(one);
        }
        if (bad.length === 0)
            return;
        let profiles = [];
        report.attempt(() => {
            profiles = signedBy(facts.signing ?? [], repository.name);
        });
        const image = { 'repository-name': repository.name, region: registry.region };
        const [first] = bad;
        const id = `imageDigest=${first?.digest ?? ''}`;
        report.fail({
            what: `${count(bad.length, 'image')} of ${words_name(repository.name)} that ${bad.length === 1 ? 'runs has' : 'run have'} no signature: ${list(bad.map((one) => one.image?.tags?.[0] ?? words_short(one.digest)))}.`,
            toDo: profiles.length === 0
                ? 'Deploy an image that passed the gate.'
                : "ECR's managed signing now covers the repository. Check the signing status of the image: it may have been pushed before managed signing was set up, or signing it failed.",
            evidence: { running: some(bad).map(evidenceOf), managedSigning: some(profiles) },
            command: profiles.length === 0
                ? aws('ecr list-image-referrers', { ...image, 'subject-id': id })
                : aws('ecr describe-image-signing-status', { ...image, 'image-id': id }),
            items: bad.map(({ digest }) => digest),
        });
    },
});
/**
 * Signing profiles of the rules that cover a repository. AWS does not document what a filter without a wildcard matches
 * besides the name itself, so such a rule does not count.
 */
function signedBy(rules, repository) {
    return rules
        .filter(({ filters }) => filters.length === 0 || filters.some((filter) => includes(filter, repository)))
        .map(({ profile }) => profile);
}
/** Whether an index whose entries were not read may list an image. */
function mayHaveIndex({ digest, image }, { images }) {
    return (image !== undefined &&
        images.some((one) => one.digest !== digest && one.isIndex !== false && one.children === undefined));
}

;// CONCATENATED MODULE: ./audit/checks/tags.js
/** Whether tags can be moved to another image. */






/**
 * With `IMMUTABLE_WITH_EXCLUSION`, the filters name the mutable tags; with `MUTABLE_WITH_EXCLUSION`, the immutable
 * tags. Undefined for an unknown setting.
 */
function movable({ setting, exclusions }) {
    switch (setting) {
        case 'MUTABLE':
            return { except: true, filters: [] };
        case 'IMMUTABLE':
            return { except: false, filters: [] };
        case 'MUTABLE_WITH_EXCLUSION':
            return { except: true, filters: exclusions };
        case 'IMMUTABLE_WITH_EXCLUSION':
            return { except: false, filters: exclusions };
        default:
            return undefined;
    }
}
function canMove({ except, filters }, tag) {
    return filters.some((filter) => patterns_matches(filter, tag)) !== except;
}
/** Whether a tag that matches a pattern can be moved. */
function canMoveSome({ except, filters }, pattern) {
    return except
        ? !filters.some((filter) => includes(filter, pattern))
        : filters.some((filter) => intersects(filter, pattern));
}
const mutable = repositoryCheck({
    id: 'tags/mutable',
    title: 'Production tags cannot be moved.',
    severities: ['medium', 'low'],
    means: 'Medium: an existing production tag can be moved, because the repository is MUTABLE or an exclusion filter makes the tag mutable. Low: the repository is MUTABLE and has no production tags today, or only the patterns of production tags and of the filters overlap. Repositories of pull-through caches are exempt, because AWS recommends MUTABLE for them.',
    why: 'Anyone who can push can move a tag to another image. A deployment by tag then runs another image than the one that was tested.',
    fix: 'Make tags immutable, and exclude tags that have to move, such as latest.',
    nearest: 'Security Hub ECR.2 (AWS Config `ecr-private-tag-immutability-enabled`), Checkov CKV_AWS_51 and Trivy AVD-AWS-0031 know only IMMUTABLE. Prowler `ecr_repositories_tag_immutability` passes with any exclusion filter.',
    reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
    needs: {
        mutability: mutability,
        images: needs_images,
        cacheRules: cacheRules,
        policy: repositoryPolicy,
    },
    judge(facts, about, report) {
        const { registry, repository, expected } = about;
        const { mutability } = facts;
        const can = movable(mutability);
        if (can === undefined)
            return report.unknown(`the tag mutability ${words_name(mutability.setting)} is unknown`);
        const patterns = expected.productionTags.filter((pattern) => canMoveSome(can, pattern));
        if (patterns.length === 0)
            return;
        if (isOfCache(about, facts, report))
            return report.doesNotApply();
        if (report.unknowns.length > 0)
            return;
        const isProduction = productionTest(expected.productionTags);
        let tags = [];
        report.attempt(() => {
            tags = facts.images.flatMap((image) => image.tags ?? []);
            if (facts.images.some((image) => image.tags === undefined))
                report.unknown('the tags of some images');
        });
        const found = tags.filter((tag) => isProduction(tag) && canMove(can, tag));
        report.fail({
            ...(found.length > 0
                ? {
                    what: `${count(found.length, 'production tag')} of ${repository.name} can be moved to another image: ${list(found)}.`,
                }
                : {
                    severity: 'low',
                    what: `Tags of ${repository.name} that match ${list(patterns)} could be moved to another image.`,
                }),
            toDo: 'Make production tags immutable.',
            evidence: {
                setting: mutability.setting,
                exclusions: some(mutability.exclusions),
                patterns,
                tags: some(found),
            },
            command: aws('ecr put-image-tag-mutability', {
                'repository-name': repository.name,
                ...settingFor(mutability, expected.productionTags, tags),
                region: registry.region,
            }),
            // Each new tag would be another thing, although it can be moved for the same reason.
            items: patterns,
        });
    },
});
/** Immutable, except for the filters that do not match production tags, and for latest if it is used. */
function settingFor({ setting, exclusions }, production, tags) {
    const filters = setting === 'IMMUTABLE_WITH_EXCLUSION' ? exclusions : tags.includes('latest') ? ['latest'] : [];
    const kept = filters.filter((filter) => !production.some((pattern) => intersects(filter, pattern)));
    if (kept.length === 0)
        return { 'image-tag-mutability': 'IMMUTABLE' };
    return {
        'image-tag-mutability': 'IMMUTABLE_WITH_EXCLUSION',
        'image-tag-mutability-exclusion-filters': kept.map((filter) => `filterType=WILDCARD,filter=${filter}`),
    };
}

;// CONCATENATED MODULE: ./audit/checks/template.js
/** The documents of repository creation templates, which are checked like those of a repository. */








const TEMPLATES = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html';
/** Runs a check of a document, and adds its results under the name of the check. */
function take({ id, severities }, judge, into, fix) {
    const report = new Report(severities[0]);
    report.attempt(() => judge(report));
    for (const problem of report.problems) {
        into.fail({
            ...problem,
            severity: problem.severity ?? severities[0],
            what: `${id}: ${problem.what}`,
            evidence: { checks: [id], ...problem.evidence },
            items: (problem.items ?? ['']).map((item) => `${id} ${item}`),
            ...fix,
        });
    }
    for (const { gap, severity } of report.unknowns) {
        into.unknown(`${id}: ${gap.reason}`, { missing: gap.missing, severity });
    }
}
function template_calledOf({ template }) {
    return template.prefix === ROOT ? 'the default template' : `the template ${words_name(template.prefix)}`;
}
const policy = templateCheck({
    id: 'template/policy',
    title: "The template's repository policy has no problem.",
    severities: ['critical', 'high', 'medium'],
    means: 'The repository policy of a creation template fails a check of repository policies. The message names the check. The severity is that of the worst failure.',
    why: 'Each repository that is created from the template gets this policy.',
    fix: 'Fix the problem as for the check that the message names. Existing repositories keep their policies.',
    nearest: 'none',
    reference: TEMPLATES,
    needs: { directory: directory },
    applies: ({ template }) => template.policy !== undefined,
    judge(facts, about, report) {
        const { world, registry, template } = about;
        const commands = commandsFor(registry, { template: template.prefix });
        const view = {
            kind: 'repository',
            called: `the repository policy of ${template_calledOf(about)}`,
            text: template.policy ?? '',
            world,
            registry,
            expected: undefined,
            repository: undefined,
            lookup: facts.directory,
            ...commands,
        };
        for (const { check, judge } of POLICY_JUDGES) {
            take(check, (own) => judge(view, own), report, { command: commands.put });
        }
    },
});
const lifecycle = templateCheck({
    id: 'template/lifecycle',
    title: "The template's lifecycle policy has no problem.",
    severities: ['high', 'medium', 'low'],
    means: "The lifecycle policy of a creation template violates ECR's rules (`lifecycle/invalid`), or its patterns fail a check of lifecycle policies. The message names the check. The severity is that of the worst failure.",
    why: 'Each repository that is created from the template gets this policy.',
    fix: 'Fix the problem as for the check that the message names. Existing repositories keep their policies.',
    nearest: 'none',
    reference: TEMPLATES,
    needs: {},
    applies: ({ template }) => template.lifecyclePolicy !== undefined,
    judge(_, about, report) {
        const { world, registry, template } = about;
        const text = {
            called: `the lifecycle policy of ${template_calledOf(about)}`,
            text: template.lifecyclePolicy ?? '',
            expected: expectationsUnder(world, registry, template),
            now: world.facts.now,
        };
        const command = aws('ecr update-repository-creation-template', {
            prefix: template.prefix,
            'lifecycle-policy': 'file://lifecycle.json',
            region: registry.region,
        });
        for (const { check, judge } of LIFECYCLE_JUDGES) {
            take(check, (own) => judge(text, own), report, { command });
        }
    },
});

;// CONCATENATED MODULE: ./audit/checks/index.js











const LISTED = [
    enhanced,
    inspector,
    covered,
    consistent,
    continuous,
    current,
    expiring,
    suppression,
    others_missing,
    ...POLICY_JUDGES.map(({ check }) => check),
    denyOthers,
    missing,
    untagged,
    deadRule,
    allPatterns,
    production,
    signatures,
    inUse,
    invalid,
    images_preview,
    mutable,
    encryption_key,
    customerKey,
    credentials,
    scanned,
    openUpstream,
    template,
    policy,
    lifecycle,
    createOnPush,
    replicateInto,
    registry_replication,
    runtime_current,
    gone,
    signed,
    push,
    pull,
    administer,
    externalPull,
    workloadWrites,
    workloadDangers,
    ciTrust,
    ciWide,
    escalation,
    expectations,
];
/** The texts of each check, by family. */
const CHECK_TEXTS = LISTED;
/** The checks of one kind of thing. */
function checksOf(kind) {
    // `checkFor` ties the kinds of a check to the type of its subject.
    return LISTED.filter((check) => 'run' in check && check.kinds.includes(kind));
}

;// CONCATENATED MODULE: ./audit/run.js
/** Runs all checks on all resources: one result for each check and resource. */



/** The results of all checks that apply, registry by registry, and then users and roles. */
function resultsOf(world) {
    const results = new Results();
    for (const registry of world.facts.registries)
        runRegistry(world, registry, results);
    for (const account of world.facts.accounts)
        runAccount(world, account, results);
    return results.all();
}
function runRegistry(world, registry, results) {
    const { host } = registry;
    const itself = { registry: host, resource: host };
    const about = { world, registry };
    results.run(world.enabled(checksOf('registry')), about, itself);
    results.each(registry.repositories, world.enabled(checksOf('repository')), (repository) => [world.caseOf(registry, repository), { registry: host, resource: repository.arn }], [itself]);
    results.each(registry.cacheRules, world.enabled(checksOf('cache-rule')), (rule) => [
        { ...about, rule },
        { registry: host, resource: `${host}/${rule.prefix}` },
    ], [itself]);
    results.each(registry.templates, world.enabled(checksOf('template')), (template) => [
        { ...about, template },
        { registry: host, resource: `${host}/${template.prefix}` },
    ], [itself]);
}
function runAccount(world, account, results) {
    const hosts = world.facts.registries
        .filter((registry) => registry.account === account.id)
        .map(({ host }) => ({ registry: host, resource: host }));
    const principals = world.principalsOf(account.id);
    for (const kind of ['role', 'user']) {
        results.each(principals.map((all) => all.filter((one) => one.kind === kind)), world.enabled(checksOf(kind)), (principal) => [
            { world, account, principal },
            { registry: undefined, resource: principal.arn },
        ], hosts);
    }
}
/** Collects outcomes. Two of the same check about the same resource are one result. */
class Results {
    found = new Map();
    /**
     * Runs checks on all resources of a kind. If these are unknown, the results are about the registry or account
     * instead.
     */
    each(things, checks, caseOf, otherwise) {
        const content = Fact.open(things);
        if ('known' in content) {
            for (const thing of content.known)
                this.run(checks, ...caseOf(thing));
            return;
        }
        for (const place of otherwise) {
            for (const check of checks)
                this.add(check, place, check.withoutFacts(content.gap));
        }
    }
    run(checks, about, place) {
        for (const check of checks) {
            const outcome = check.run(about);
            if (outcome !== undefined)
                this.add(check, place, outcome);
        }
    }
    add(check, place, outcome) {
        const key = `${check.id} ${place.resource}`;
        const before = this.found.get(key);
        if (before === undefined)
            this.found.set(key, { check, place, outcome });
        else
            before.outcome = check_joined(before.outcome, outcome);
    }
    all() {
        return [...this.found.values()].map(({ check, place, outcome }) => resultOf(check, place, outcome));
    }
}
function resultOf({ id, reference }, place, outcome) {
    const { status, severity, message } = outcome;
    return {
        check: id,
        status,
        severity,
        ...place,
        message,
        evidence: status === 'pass' ? {} : outcome.evidence,
        fix: status === 'fail' ? outcome.fix : undefined,
        reference,
        missing: status === 'pass' ? [] : outcome.missing,
        couldBe: status === 'fail' ? outcome.couldBe : undefined,
        items: status === 'fail' ? outcome.items : [],
        ignored: undefined,
        new: undefined,
    };
}

;// CONCATENATED MODULE: ./audit/audit.js










/** Evaluates the facts against the expectations. It is pure; its time is that of the facts. */
function audit(facts, expectations, options) {
    const { access, baseline } = options;
    const world = new World(facts, expectations, access);
    const ruled = applyRules(resultsOf(world), expectations.rules, facts.now);
    const results = baseline === undefined ? ruled.results : withNews(ruled.results, baseline);
    return {
        verdict: verdictOf(results, expectations, options),
        registries: facts.registries.map((registry) => ({
            host: registry.host,
            account: registry.account,
            region: registry.region,
            partition: registry.partition,
            repositories: repositoriesOf(registry).map(({ name }) => name),
        })),
        results,
        access: access ? world.map.rows.map(audit_entryOf).sort(byPlace) : [],
        accessIncomplete: access ? gapsOf(world) : ['The access map was not made: the input access is false.'],
        principals: access ? principalEntries(world) : [],
        notSeen: notSeen(world),
        notes: access ? world.map.notes : [],
        rules: { unmatched: ruled.unmatched, expired: ruled.expired },
        gone: baseline === undefined ? [] : goneSince(results, baseline, facts),
        counts: countsOf(results),
        proposals: access ? [...proposals(world).values()] : [],
    };
}
function verdictOf(results, expectations, { failOn }) {
    const blocks = (result) => {
        const { status, severity, couldBe } = result;
        // With a baseline, known failures do not block.
        if (status === 'fail' && result.new !== false && isAtLeast(severity, failOn))
            return true;
        if (expectations.unknown !== 'block')
            return false;
        if (status === 'unknown')
            return isAtLeast(severity, failOn);
        return status === 'fail' && couldBe !== undefined && isAtLeast(couldBe, failOn);
    };
    if (results.some(blocks))
        return 'block';
    return results.some(({ status }) => status === 'fail' || status === 'unknown') ? 'warn' : 'pass';
}
function countsOf(results) {
    const counts = { passed: 0, critical: 0, high: 0, medium: 0, low: 0, unknown: 0, ignored: 0 };
    for (const { status, severity } of results) {
        if (status === 'pass')
            counts.passed += 1;
        else if (status === 'fail')
            counts[severity] += 1;
        else
            counts[status] += 1;
    }
    return counts;
}
function repositoriesOf({ repositories }) {
    const content = Fact.open(repositories);
    return 'gap' in content ? [] : content.known;
}
function audit_entryOf({ repository, principal, kind, answer }) {
    const { decisions: _, ...rest } = answer;
    return { repository, principal, kind, ...rest };
}
function byPlace(a, b) {
    return audit_compare(a.repository, b.repository) || audit_compare(a.principal, b.principal);
}
function audit_compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** Why the access map may lack rows: unknown principals and repositories, and policies that may name more. */
function gapsOf(world) {
    const gaps = [];
    for (const account of world.audited) {
        const content = Fact.open(world.principalsOf(account));
        if ('gap' in content)
            gaps.push(`The users and roles of ${account} are unknown: ${content.gap.reason}.`);
    }
    const isUnread = (policy, kind) => {
        const content = Fact.open(policy);
        if ('gap' in content)
            return true;
        if (content.known === undefined)
            return false;
        const document = world.document(content.known, kind);
        return !document.readable || document.statements.some(({ readable }) => !readable);
    };
    for (const registry of world.facts.registries) {
        const { host, policy, repositories } = registry;
        const content = Fact.open(repositories);
        if ('gap' in content)
            gaps.push(`The repositories of ${host} are unknown: ${content.gap.reason}.`);
        if (isUnread(policy, 'registry')) {
            gaps.push(`The policy of the registry ${host} could not be read completely. It may name other principals.`);
        }
        const [text, scope] = [Fact.open(policy), Fact.open(registry.policyScope)];
        const denies = 'known' in text && text.known !== undefined && deniesAny(world.document(text.known, 'registry'));
        if (denies && 'gap' in scope) {
            gaps.push(`What the policy of the registry ${host} denies may not count: its scope is not known (${scope.gap.reason}).`);
        }
        const unread = repositoriesOf(registry).filter((one) => isUnread(one.policy, 'repository'));
        if (unread.length > 0) {
            const which = count(unread.length, 'repository', 'repositories');
            gaps.push(`The policies of ${which} of ${host} could not be read completely. They may name other principals.`);
        }
    }
    return gaps;
}
function deniesAny(document) {
    return document.readable && document.statements.some(({ effect }) => effect === 'Deny');
}
/** What an audit never sees, what it was not given, and replication destinations that it does not audit. */
function notSeen(world) {
    const { levels, registries } = world.facts;
    const destinations = registries.flatMap(({ replication }) => {
        const content = Fact.open(replication);
        return 'gap' in content ? [] : unseenDestinations(content.known, world);
    });
    return [
        ...['scp', 'rcp'].filter((kind) => levels.every((level) => level.kind !== kind)),
        ...['session policies', 'session tags', 'VPC endpoint policies'],
        ...new Set(destinations),
    ];
}

// EXTERNAL MODULE: ./aws/clients.js + 2 modules
var clients = __webpack_require__(74062);
// EXTERNAL MODULE: ./aws/errors.js
var errors = __webpack_require__(17180);
// EXTERNAL MODULE: ./errors.js
var errors_0 = __webpack_require__(75650);
// EXTERNAL MODULE: ./aws/pages.js
var pages = __webpack_require__(13791);
;// CONCATENATED MODULE: ./audit/facts/lanes.js
/** Limits how many calls run at the same time. */
/**
 * The most calls of one API at the same time. With ten calls and 20 ms per response, that is 500 per second, which is
 * below every quota of ECR.
 */
const WIDTH = 10;
/**
 * Runs work in lanes. In each lane, a limited number of tasks run at the same time, and the others wait. An API that
 * does not respond blocks only its own lane.
 */
class Lanes {
    signal;
    lanes = new Map();
    /** @param signal ends all waiting */
    constructor(signal) {
        this.signal = signal;
    }
    /** @throws AbortError if the signal was aborted before its turn */
    async run(name, work) {
        const lane = this.lanes.get(name) ?? { running: 0, waiting: [] };
        this.lanes.set(name, lane);
        if (lane.running >= WIDTH)
            await new Promise((resolve) => lane.waiting.push(resolve));
        else
            lane.running += 1;
        try {
            this.signal.throwIfAborted();
            return await work();
        }
        finally {
            const next = lane.waiting.shift();
            if (next === undefined)
                lane.running -= 1;
            else
                next();
        }
    }
}

;// CONCATENATED MODULE: ./audit/facts/ask.js
/** Calls to AWS whose failure makes a fact unknown and never ends the run. */





/** Why a call returned no result. */
class Unanswered extends Error {
    name = 'Unanswered';
    gap;
    /** The same as an error that can end a run. */
    error;
    constructor(gap, error) {
        super(gap.reason, { cause: error });
        this.gap = gap;
        this.error = error;
    }
}
/**
 * The failure of a call as a value, for `catch`.
 * @throws every other error again
 */
function orUnanswered(error) {
    if (error instanceof Unanswered)
        return error;
    throw error;
}
/** The most characters of an AWS message that a reason repeats. */
const ask_LONGEST_MESSAGE = 300;
class Asker {
    deadline;
    lanes;
    constructor(deadline) {
        this.deadline = deadline;
        this.lanes = new Lanes(deadline.signal);
    }
    /**
     * Makes a call when its lane is free, and reads the response. A malformed response is no evidence, so the call is
     * made once more.
     * @param lane calls in one lane wait for each other and for no other calls. There is a lane for each action, account
     *   and region
     * @param resource what the call is about, for messages
     * @throws Unanswered
     */
    async call({ action, lane, resource }, make, read) {
        const { signal } = this.deadline;
        const once = async () => read(await this.lanes.run(`${action} ${lane}`, () => make(signal)));
        try {
            return await once().catch((error) => {
                if (error instanceof errors/* MalformedAnswer */.ol && !signal.aborted)
                    return once();
                throw error;
            });
        }
        catch (error) {
            throw this.unanswered(error, action, resource);
        }
    }
    /**
     * The same for something that may not exist.
     * @param names the errors with which AWS says that it does not exist
     */
    optional(question, names, make, read) {
        const absent = Symbol('absent');
        return this.call(question, (signal) => make(signal).catch((error) => {
            if ((0,errors/* isNamed */.ev)(error, ...names))
                return absent;
            throw error;
        }), (answer) => (answer === absent ? undefined : read(answer)));
    }
    /**
     * Reads every page of a list. If the pages contradict each other, for example because something changed in the
     * meantime, it reads the list once more.
     * @param make reads a page by its token; undefined for the first page
     * @param whole computes the result from all items; throws MalformedAnswer if they contradict each other
     * @throws Unanswered
     */
    async list(question, make, read, whole = (items) => items) {
        const once = async () => whole(await (0,pages/* allPages */.S)(question.action, (token) => this.call(question, (abortSignal) => make(token, abortSignal), read)));
        try {
            return await once().catch((error) => {
                if (error instanceof errors/* MalformedAnswer */.ol && !this.deadline.signal.aborted)
                    return once();
                throw error;
            });
        }
        catch (error) {
            throw this.unanswered(error, question.action, question.resource);
        }
    }
    /** Reads every page of a list of names, each of which counts once. */
    async names(question, make, read) {
        return [...new Set(await this.list(question, make, read))];
    }
    /** The result of some work, or why there is none. */
    async fact(work) {
        try {
            return Fact.known(await work());
        }
        catch (error) {
            if (error instanceof Unanswered)
                return Fact.unknown(error.gap.reason, error.gap.missing);
            if (error instanceof errors/* MalformedAnswer */.ol)
                return Fact.unknown(error.message);
            throw error;
        }
    }
    unanswered(error, action, resource) {
        if (error instanceof Unanswered)
            return error;
        return new Unanswered(this.gap(error, action), (0,errors/* translate */.Tl)(error, { action, resource }, this.deadline));
    }
    gap(error, action) {
        const { deadline } = this;
        if (deadline.signal.aborted) {
            const end = deadline.expired ? 'the timeout ended' : 'the job was cancelled';
            return { reason: `${end} before AWS answered ${action}`, missing: [] };
        }
        const missing = (0,errors/* missingAction */.f7)(error, action);
        if (missing !== undefined) {
            const needed = missing === action ? '' : `, which ${action} needs`;
            return { reason: `AWS denied ${missing}${needed}`, missing: [missing] };
        }
        if (error instanceof errors/* MalformedAnswer */.ol)
            return { reason: (0,errors_0/* messageOf */.bD)(error), missing: [] };
        return { reason: `${action} failed: ${(0,errors/* failureWords */.AC)(error).slice(0, ask_LONGEST_MESSAGE)}`, missing: [] };
    }
}

;// CONCATENATED MODULE: ./audit/facts/context.js

class Context {
    asker;
    /** With the host name as given, which decides the kind of endpoint. */
    registry;
    session;
    /** The canonical host. */
    host;
    constructor(asker, registry, session) {
        this.asker = asker;
        this.registry = registry;
        this.session = session;
        this.host = (0,reference/* canonicalHost */.rQ)(registry);
    }
    get ecr() {
        return this.session.ecr(this.registry);
    }
    /** @param resource what it is about, for messages */
    question(action, resource = '*') {
        return { action, lane: this.host, resource };
    }
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/ListCoverageCommand.js
var ListCoverageCommand = __webpack_require__(1314);
// EXTERNAL MODULE: ./aws/checked.js
var checked = __webpack_require__(66002);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
;// CONCATENATED MODULE: ./audit/facts/shapes.js
/** Parts of the schemas for AWS responses. */



/** A text that is not empty: AWS omits empty texts. */
const shapes_text = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq());
const optionalText = dist/* nullish */.cl6(shapes_text);
const optionalDate = dist/* nullish */.cl6(dist/* date */.p6U());
const digest = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^sha256:[0-9a-f]{64}$/));
const shapes_texts = dist/* array */.YOg(shapes_text);
/** A tag, by the rule of the OCI distribution specification. */
const shapes_tag = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/));
/** A media type in lower case. Media types are not case-sensitive (RFC 6838, section 4.2). */
const mediaType = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[\w.+-]+\/[\w.+-]+$/), dist/* toLowerCase */.PXX());
/** A prefix of repository names, or `ROOT` (ECR service model, PullThroughCacheRuleRepositoryPrefix and Prefix). */
const prefix = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^(?:ROOT|[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\/?)$/));
/**
 * An ARN. If anything else were requested, AWS would report it as missing, which would mean "deleted in the meantime".
 */
const arn = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:\S+$/));
/** ARN of a role of IAM. */
const roleArn = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/));
/** A role in a task definition: its ARN or its name. */
const roleOrName = dist/* nullish */.cl6(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^(?:arn:aws[a-z-]*:iam::\d{12}:role\/\S+|[\w+=,.@-]{1,64})$/)));
/**
 * Checks that a response is about what was requested.
 * @throws MalformedAnswer if it is about something else. A response that does not say what it is about is accepted
 */
function expectAbout(what, pairs) {
    for (const [said, asked] of pairs) {
        if (said !== undefined && said !== null && said !== asked) {
            throw new errors/* MalformedAnswer */.ol(`${what} returned something else than ${asked}`);
        }
    }
}
/** A page of a list. */
function page(items, nextToken) {
    return { items, nextToken: nextToken ?? undefined };
}
/**
 * Items by their key.
 * @throws MalformedAnswer if two items have the same key, because it is unknown which of them is right
 */
function byKey(what, items, key) {
    const found = new Map();
    for (const item of items) {
        const name = key(item);
        if (found.has(name))
            throw new errors/* MalformedAnswer */.ol(`${what} listed ${name} twice`);
        found.set(name, item);
    }
    return found;
}
/**
 * Items, each once.
 * @throws MalformedAnswer if two items have the same key and differ, because it is unknown which of them is right
 */
function once(what, items, key) {
    const found = new Map();
    for (const item of items) {
        const name = key(item);
        const same = found.get(name) ?? item;
        if (!(0,external_node_util_.isDeepStrictEqual)(same, item)) {
            throw new errors/* MalformedAnswer */.ol(`${what} described ${name} twice, with different values`);
        }
        found.set(name, same);
    }
    return [...found.values()];
}
/** In groups of at most `size`. */
function chunks(items, size) {
    const result = [];
    for (let start = 0; start < items.length; start += size)
        result.push(items.slice(start, start + size));
    return result;
}

;// CONCATENATED MODULE: ./audit/facts/coverage.js
/** Amazon Inspector's coverage of the images of repositories. */






// The most items of one page, and the most values of one filter (Inspector2 service model).
const COVERAGE_PAGE = 200;
const FILTER_VALUES = 10;
const Covered = dist/* object */.Ikc({
    resourceId: shapes_text,
    accountId: shapes_text,
    scanStatus: dist/* nullish */.cl6(dist/* object */.Ikc({ statusCode: shapes_text, reason: shapes_text })),
    resourceMetadata: dist/* nullish */.cl6(dist/* object */.Ikc({
        ecrImage: dist/* nullish */.cl6(dist/* object */.Ikc({
            inUseCount: dist/* nullish */.cl6(dist/* pipe */.FsL(dist/* number */.aig(), dist/* safeInteger */.Y2b(), dist/* minValue */.Wwf(0))),
            lastInUseAt: optionalDate,
        })),
    })),
});
const Answer = dist/* object */.Ikc({ coveredResources: dist/* array */.YOg(Covered), nextToken: dist/* nullish */.cl6(dist/* string */.YjP()) });
/**
 * Reads Inspector's coverage of the images of repositories. The filter names these repositories, as many per call as it
 * accepts, because a registry can have many more repositories than are audited.
 * @param status Inspector's status of ECR scanning. If it is off, Inspector may refuse the call, and covers nothing
 */
function coverageOf(context, repositories, status) {
    return new Map(chunks(repositories, FILTER_VALUES).flatMap((batch) => {
        const read = rowsOf(context, batch, status).then((fact) => fact.map((rows) => Map.groupBy(rows, ({ repository }) => repository)));
        return batch.map(({ arn }) => [arn, read.then((fact) => fact.map((rows) => (rows.get(arn) ?? []).map(unplaced)))]);
    }));
}
function unplaced({ repository: _, ...row }) {
    return row;
}
function isInUse({ inUseCount }) {
    return (inUseCount ?? 0) > 0;
}
async function rowsOf(context, repositories, status) {
    const rows = await context.asker.fact(() => coverageRows(context, repositories));
    if ('known' in Fact.open(rows))
        return rows;
    const content = Fact.open(await status);
    return 'known' in content && content.known === 'DISABLED' ? Fact.known([]) : rows;
}
/** @throws Unanswered */
async function coverageRows(context, repositories) {
    const { asker, registry, session } = context;
    const action = 'inspector2:ListCoverage';
    const equals = (value) => ({ comparison: 'EQUALS', value });
    const filterCriteria = {
        resourceType: [equals('AWS_ECR_CONTAINER_IMAGE')],
        accountId: [equals(registry.account)],
        ecrRepositoryName: repositories.map(({ name }) => equals(name)),
    };
    const rows = await asker.list(context.question(action), (nextToken, abortSignal) => session
        .inspector(registry)
        .send(new ListCoverageCommand/* ListCoverageCommand */.y({ filterCriteria, maxResults: COVERAGE_PAGE, nextToken }), {
        abortSignal,
    }), (answer) => {
        const { coveredResources, nextToken } = (0,checked/* checked */.K)(Answer, answer, action);
        return page(coveredResources.map((row) => rowOf(row, registry.account)), nextToken);
    });
    return once(action, rows, ({ resourceId }) => resourceId);
}
const coverage_RESOURCE = /^(arn:[^:]+:ecr:[^:]+:\d{12}:repository\/[^:]+)\/(sha256:[0-9a-f]{64})$/;
function rowOf({ resourceId, accountId, scanStatus, resourceMetadata }, account) {
    const [, repository, imageDigest] = coverage_RESOURCE.exec(resourceId) ?? [];
    if (repository === undefined || imageDigest === undefined) {
        throw new errors/* MalformedAnswer */.ol('inspector2:ListCoverage listed an image that is not in ECR');
    }
    // The filter names only this account.
    if (accountId !== account) {
        throw new errors/* MalformedAnswer */.ol(`inspector2:ListCoverage listed an image of account ${accountId}`);
    }
    const image = resourceMetadata?.ecrImage;
    return {
        resourceId,
        repository,
        digest: imageDigest,
        status: scanStatus?.statusCode ?? '',
        reason: scanStatus?.reason ?? '',
        inUseCount: image?.inUseCount ?? undefined,
        lastInUseAt: image?.lastInUseAt ?? undefined,
    };
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/BatchGetRepositoryScanningConfigurationCommand.js
var BatchGetRepositoryScanningConfigurationCommand = __webpack_require__(45372);
;// CONCATENATED MODULE: ./audit/facts/frequencies.js
/** How often each repository is scanned, as ECR applies the registry's rules. */





// The most repositories of one call (ECR service model).
const FREQUENCIES_BATCH = 25;
const Frequencies = dist/* object */.Ikc({
    scanningConfigurations: dist/* array */.YOg(dist/* object */.Ikc({ repositoryArn: shapes_text, scanFrequency: shapes_text })),
    failures: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ repositoryName: shapes_text, failureCode: shapes_text, failureReason: dist/* nullish */.cl6(dist/* string */.YjP()) }))),
});
/** The effective scan frequency of each repository by its ARN. */
async function scanFrequencies(context, repositories) {
    const found = new Map();
    const batches = chunks(repositories, FREQUENCIES_BATCH).map(async (batch) => {
        const answer = await context.asker.fact(() => frequenciesOf(context, batch));
        for (const { arn } of batch) {
            const content = Fact.open(answer);
            found.set(arn, 'gap' in content
                ? Fact.unknown(content.gap.reason, content.gap.missing)
                : (content.known.get(arn) ?? NO_FREQUENCY));
        }
    });
    await Promise.all(batches);
    return found;
}
const frequencies_ACTION = 'ecr:BatchGetRepositoryScanningConfiguration';
const NO_FREQUENCY = Fact.unknown(`${frequencies_ACTION} did not return the repository`);
async function frequenciesOf(context, batch) {
    const { asker, ecr } = context;
    const command = new BatchGetRepositoryScanningConfigurationCommand/* BatchGetRepositoryScanningConfigurationCommand */.T({
        repositoryNames: batch.map(({ name }) => name),
    });
    return asker.call(context.question(frequencies_ACTION), (abortSignal) => ecr.send(command, { abortSignal }), (answer) => {
        const { scanningConfigurations, failures } = (0,checked/* checked */.K)(Frequencies, answer, frequencies_ACTION);
        const configurations = byKey(frequencies_ACTION, scanningConfigurations, ({ repositoryArn: arn }) => arn);
        const failed = new Map((failures ?? []).map((failure) => [failure.repositoryName, failure]));
        return new Map(batch.flatMap(({ name, arn }) => {
            const failure = failed.get(name);
            const configuration = configurations.get(arn);
            // A response with both contradicts itself.
            if (failure !== undefined) {
                const reason = `${frequencies_ACTION} failed: ${failure.failureReason ?? ''} (${failure.failureCode})`;
                return [[arn, Fact.unknown(reason)]];
            }
            return configuration === undefined ? [] : [[arn, Fact.known(configuration.scanFrequency)]];
        }));
    });
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeRepositoriesCommand.js
var DescribeRepositoriesCommand = __webpack_require__(40276);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetRepositoryPolicyCommand.js
var GetRepositoryPolicyCommand = __webpack_require__(17963);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetLifecyclePolicyCommand.js
var GetLifecyclePolicyCommand = __webpack_require__(85761);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/ListTagsForResourceCommand.js
var ListTagsForResourceCommand = __webpack_require__(64701);
;// CONCATENATED MODULE: ./audit/facts/repository.js
/** The repositories of a registry, with their settings, documents and tags. */






// The most items of one page (ECR service model).
const REPOSITORIES_PAGE = 1000;
const Repositories = dist/* object */.Ikc({
    repositories: dist/* array */.YOg(dist/* object */.Ikc({
        repositoryArn: shapes_text,
        registryId: optionalText,
        repositoryName: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* check */.z6Y(reference/* isRepository */.Z6)),
        imageTagMutability: dist/* optional */.lqM(dist/* unknown */.L5J()),
        imageTagMutabilityExclusionFilters: dist/* optional */.lqM(dist/* unknown */.L5J()),
        encryptionConfiguration: dist/* optional */.lqM(dist/* unknown */.L5J()),
    })),
    nextToken: dist/* nullish */.cl6(dist/* string */.YjP()),
});
/** The characters of tags, and `*`. */
const tagFilter = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[A-Za-z0-9._*-]+$/));
const MutabilityShape = dist/* object */.Ikc({
    imageTagMutability: shapes_text,
    imageTagMutabilityExclusionFilters: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ filter: tagFilter, filterType: dist/* literal */.euz('WILDCARD') }))),
});
const EncryptionShape = dist/* object */.Ikc({
    encryptionConfiguration: dist/* object */.Ikc({ encryptionType: shapes_text, kmsKey: optionalText }),
});
/** The repository that a response is about. */
const About = { registryId: optionalText, repositoryName: optionalText };
const PolicyShape = dist/* object */.Ikc({ ...About, policyText: shapes_text });
const LifecycleShape = dist/* object */.Ikc({ ...About, lifecyclePolicyText: shapes_text });
const Tags = dist/* object */.Ikc({ tags: dist/* array */.YOg(dist/* object */.Ikc({ Key: shapes_text, Value: dist/* string */.YjP() })) });
/**
 * All repositories of a registry.
 * @throws Unanswered
 */
async function describeRepositories(context) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:DescribeRepositories';
    const described = await asker.list(context.question(action), (nextToken, abortSignal) => ecr.send(new DescribeRepositoriesCommand/* DescribeRepositoriesCommand */.p({
        registryId: registry.account,
        maxResults: REPOSITORIES_PAGE,
        nextToken,
    }), { abortSignal }), (answer) => {
        const { repositories, nextToken } = (0,checked/* checked */.K)(Repositories, answer, action);
        for (const { registryId, repositoryName, repositoryArn: arn } of repositories) {
            expectAbout(action, [
                [registryId, registry.account],
                [arn, (0,reference/* repositoryArn */.qM)(registry, repositoryName)],
            ]);
        }
        return page(repositories, nextToken);
    }, (all) => [...byKey(action, all, ({ repositoryName }) => repositoryName).values()]);
    return Promise.all(described.map(async (repository) => ({
        name: repository.repositoryName,
        arn: repository.repositoryArn,
        mutability: await asker.fact(async () => mutabilityOf(repository)),
        encryption: await asker.fact(async () => encryptionOf(repository)),
    })));
}
function mutabilityOf(repository) {
    const { imageTagMutability, imageTagMutabilityExclusionFilters } = (0,checked/* checked */.K)(MutabilityShape, repository, 'ecr:DescribeRepositories');
    const exclusions = (imageTagMutabilityExclusionFilters ?? []).map(({ filter }) => filter);
    const isExcluding = imageTagMutability.endsWith('_WITH_EXCLUSION');
    if (isExcluding !== exclusions.length > 0) {
        throw new errors/* MalformedAnswer */.ol(`ecr:DescribeRepositories described the mutability ${imageTagMutability} ${isExcluding ? 'without' : 'with'} exclusion filters`);
    }
    return { setting: imageTagMutability, exclusions };
}
function encryptionOf(repository) {
    const { encryptionConfiguration } = (0,checked/* checked */.K)(EncryptionShape, repository, 'ecr:DescribeRepositories');
    const { encryptionType: type, kmsKey } = encryptionConfiguration;
    const hasKey = typeof kmsKey === 'string';
    if (hasKey === (type === 'AES256')) {
        throw new errors/* MalformedAnswer */.ol(`ecr:DescribeRepositories described the encryption ${type} ${hasKey ? 'with' : 'without'} a key`);
    }
    return { type, key: kmsKey ?? undefined };
}
/** The text of a repository's policy; undefined if it has none. */
function repository_policyOf(context, { name, arn }) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:GetRepositoryPolicy';
    const about = { registryId: registry.account, repositoryName: name };
    return asker.optional(context.question(action, arn), ['RepositoryPolicyNotFoundException'], (abortSignal) => ecr.send(new GetRepositoryPolicyCommand/* GetRepositoryPolicyCommand */.M(about), { abortSignal }), (answer) => {
        const { policyText, ...said } = (0,checked/* checked */.K)(PolicyShape, answer, action);
        expectRepository(action, said, about);
        return policyText;
    });
}
/** The text of a repository's lifecycle policy; undefined if it has none. */
function lifecyclePolicyOf(context, { name, arn }) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:GetLifecyclePolicy';
    const about = { registryId: registry.account, repositoryName: name };
    return asker.optional(context.question(action, arn), ['LifecyclePolicyNotFoundException'], (abortSignal) => ecr.send(new GetLifecyclePolicyCommand/* GetLifecyclePolicyCommand */.O(about), { abortSignal }), (answer) => {
        const { lifecyclePolicyText, ...said } = (0,checked/* checked */.K)(LifecycleShape, answer, action);
        expectRepository(action, said, about);
        return lifecyclePolicyText;
    });
}
/** @throws MalformedAnswer if the response is about another repository */
function expectRepository(what, said, { registryId, repositoryName }) {
    expectAbout(what, [
        [said.registryId, registryId],
        [said.repositoryName, repositoryName],
    ]);
}
/** The tags of a repository as a resource. */
function tagsOf(context, { arn }) {
    const { asker, ecr } = context;
    const action = 'ecr:ListTagsForResource';
    return asker.call(context.question(action, arn), (abortSignal) => ecr.send(new ListTagsForResourceCommand/* ListTagsForResourceCommand */.a({ resourceArn: arn }), { abortSignal }), (answer) => tagRecord(action, (0,checked/* checked */.K)(Tags, answer, action).tags));
}
/**
 * Tags by their key.
 * @throws MalformedAnswer if a key occurs twice
 */
function tagRecord(what, tags) {
    const values = byKey(what, tags, ({ Key }) => Key);
    return Object.fromEntries([...values].map(([key, { Value }]) => [key, Value]));
}

;// CONCATENATED MODULE: ./audit/facts/inventory.js
/** Combines what iam:GetAccountAuthorizationDetails lists about an account. */





const inventory_ACTION = 'iam:GetAccountAuthorizationDetails';
const Inline = dist/* array */.YOg(dist/* object */.Ikc({ PolicyName: shapes_text, PolicyDocument: shapes_text }));
const Attached = dist/* array */.YOg(dist/* object */.Ikc({ PolicyArn: arn }));
const Boundary = dist/* nullish */.cl6(dist/* object */.Ikc({ PermissionsBoundaryArn: arn }));
const inventory_Tags = dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ Key: shapes_text, Value: dist/* string */.YjP() })));
/** The shape of an answer. */
const Details = dist/* object */.Ikc({
    IsTruncated: dist/* boolean */.zMY(),
    Marker: dist/* nullish */.cl6(dist/* string */.YjP()),
    UserDetailList: dist/* array */.YOg(dist/* object */.Ikc({
        Arn: arn,
        UserId: shapes_text,
        // IAM omits it for users without groups.
        UserPolicyList: dist/* nullish */.cl6(Inline),
        GroupList: shapes_texts,
        AttachedManagedPolicies: Attached,
        PermissionsBoundary: Boundary,
        Tags: inventory_Tags,
    })),
    GroupDetailList: dist/* array */.YOg(dist/* object */.Ikc({ Arn: arn, GroupName: shapes_text, GroupPolicyList: Inline, AttachedManagedPolicies: Attached })),
    RoleDetailList: dist/* array */.YOg(dist/* object */.Ikc({
        Arn: roleArn,
        RoleId: shapes_text,
        AssumeRolePolicyDocument: shapes_text,
        RolePolicyList: Inline,
        AttachedManagedPolicies: Attached,
        PermissionsBoundary: Boundary,
        Tags: inventory_Tags,
        InstanceProfileList: dist/* array */.YOg(dist/* object */.Ikc({ Arn: arn })),
    })),
    Policies: dist/* array */.YOg(dist/* object */.Ikc({
        Arn: arn,
        DefaultVersionId: shapes_text,
        PolicyVersionList: dist/* array */.YOg(dist/* object */.Ikc({ VersionId: shapes_text, IsDefaultVersion: dist/* boolean */.zMY(), Document: dist/* nullish */.cl6(shapes_text) })),
    })),
});
/** The combined lists of IAM. Each member throws MalformedAnswer if the lists contradict each other. */
class Inventory {
    account;
    users;
    roles;
    byName;
    managed;
    constructor(account, { users, groups, roles, policies }) {
        this.account = account;
        this.users = [...byKey(inventory_ACTION, users, ({ Arn }) => Arn).values()];
        this.roles = [...byKey(inventory_ACTION, roles, ({ Arn }) => Arn).values()];
        this.byName = byKey(inventory_ACTION, groups, ({ GroupName }) => GroupName);
        const byArn = byKey(inventory_ACTION, policies, ({ Arn }) => Arn);
        // Principals with the same policy share its text.
        this.managed = new Map([...byArn].map(([arn, policy]) => [arn, { name: arn, text: defaultVersion(policy) }]));
        for (const { Arn } of [...users, ...groups, ...roles])
            this.expectOwn(Arn);
    }
    expectOwn(arn) {
        if (arn.split(':')[4] !== this.account) {
            throw new errors/* MalformedAnswer */.ol(`${inventory_ACTION} listed ${arn}, which is not of account ${this.account}`);
        }
    }
    principals() {
        return [...this.users.map((user) => this.user(user)), ...this.roles.map((role) => this.role(role))];
    }
    groups() {
        return [...this.byName.values()].map((group) => ({
            arn: group.Arn,
            account: this.account,
            policies: known(this.groupPolicies(group)),
        }));
    }
    instanceProfiles() {
        const found = new Map();
        for (const { Arn, InstanceProfileList } of this.roles) {
            for (const profile of InstanceProfileList) {
                this.expectOwn(profile.Arn);
                const roles = found.get(profile.Arn);
                if (roles === undefined)
                    found.set(profile.Arn, [Arn]);
                else
                    roles.push(Arn);
            }
        }
        return [...found].map(([arn, roles]) => ({ arn, roles }));
    }
    user(user) {
        const groups = user.GroupList.map((name) => this.byName.get(name));
        const listed = groups.filter((group) => group !== undefined);
        const policies = [
            ...this.policies(user.UserPolicyList ?? [], user.AttachedManagedPolicies),
            ...listed.flatMap((group) => this.groupPolicies(group)),
        ];
        return {
            arn: user.Arn,
            kind: 'user',
            account: this.account,
            id: user.UserId,
            tags: tags(user.Tags),
            policies: listed.length === groups.length
                ? known(policies)
                : unknownFact(`${inventory_ACTION} did not list every group of ${user.Arn}`),
            managedPolicies: [user, ...listed].flatMap(({ AttachedManagedPolicies }) => AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn)),
            boundary: this.boundary(user.PermissionsBoundary),
            trust: known(undefined),
        };
    }
    role(role) {
        return {
            arn: role.Arn,
            kind: 'role',
            account: this.account,
            id: role.RoleId,
            tags: tags(role.Tags),
            policies: known(this.policies(role.RolePolicyList, role.AttachedManagedPolicies)),
            managedPolicies: role.AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
            boundary: this.boundary(role.PermissionsBoundary),
            trust: decoded(role.AssumeRolePolicyDocument),
        };
    }
    groupPolicies(group) {
        return this.policies(group.GroupPolicyList, group.AttachedManagedPolicies).map(({ name, text: document }) => ({
            name: `${name} (group ${group.GroupName})`,
            text: document,
        }));
    }
    policies(inline, attached) {
        return [
            ...inline.map(({ PolicyName, PolicyDocument }) => ({
                name: PolicyName,
                text: decoded(PolicyDocument),
            })),
            ...attached.map(({ PolicyArn }) => this.policy(PolicyArn)),
        ];
    }
    policy(arn) {
        return (this.managed.get(arn) ?? { name: arn, text: unknownFact(`${inventory_ACTION} did not list the policy ${arn}`) });
    }
    boundary(boundary) {
        return known(boundary ? this.policy(boundary.PermissionsBoundaryArn) : undefined);
    }
}
function defaultVersion({ Arn, DefaultVersionId, PolicyVersionList }) {
    const defaults = PolicyVersionList.filter(({ IsDefaultVersion }) => IsDefaultVersion);
    const [version] = defaults;
    if (version === undefined || defaults.length > 1 || version.VersionId !== DefaultVersionId) {
        return unknownFact(`${inventory_ACTION} did not report which version of the policy ${Arn} is the default`);
    }
    return version.Document
        ? decoded(version.Document)
        : unknownFact(`${inventory_ACTION} did not return the policy ${Arn}`);
}
/** Documents are URL-encoded as RFC 3986 has it (IAM API reference, GetAccountAuthorizationDetails). */
function decoded(document) {
    try {
        return known(decodeURIComponent(document));
    }
    catch {
        return unknownFact(`${inventory_ACTION} returned a document that is not URL-encoded`);
    }
}
function tags(given) {
    return given ? known(tagRecord(inventory_ACTION, given)) : unknownFact(`${inventory_ACTION} did not return the tags`);
}

;// CONCATENATED MODULE: ./audit/facts/together.js
/** Facts that are read at the same time. Each can be awaited separately. */
/** Each member as a promise that is fulfilled. */
function settled(parts) {
    const entries = Object.entries(parts);
    return Object.fromEntries(entries.map(([name, value]) => [name, Promise.resolve(value)]));
}
/** All members of a structure, when all of them are resolved. */
async function together_together(parts) {
    const entries = Object.entries(parts);
    const values = await Promise.all(entries.map(async ([name, value]) => [name, await value]));
    return Object.fromEntries(values);
}
/** Whether any of them is true, as soon as one is. */
function any(conditions) {
    const found = Promise.any(conditions.map(async (condition) => {
        if (!(await condition))
            throw new Error('it is not true');
    }));
    return found.then(() => true, () => Promise.all(conditions).then(() => false));
}

;// CONCATENATED MODULE: ./audit/facts/iam.js






/** Fewer than the 1,000 that IAM allows, so that a page is returned in time. */
const PAGE = 500;
const Providers = dist/* object */.Ikc({ OpenIDConnectProviderList: dist/* array */.YOg(dist/* object */.Ikc({ Arn: shapes_text })) });
const Provider = dist/* object */.Ikc({ Url: optionalText, ClientIDList: shapes_texts });
const Organization = dist/* object */.Ikc({
    Organization: dist/* object */.Ikc({ MasterAccountId: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^\d{12}$/)) }),
});
/** Reads the users, roles and policies of an account. */
function accountFacts(context) {
    const { asker, registry, session } = context;
    const iam = Promise.all(/* import() */[__webpack_require__.e(5908), __webpack_require__.e(3540)]).then(__webpack_require__.bind(__webpack_require__, 53540)).then((sdk) => ({
        sdk,
        client: session.client('iam', registry, (configuration) => new sdk.IAMClient(configuration)),
    }));
    const details = iam.then(({ sdk, client }) => authorizationDetails(context, sdk, client));
    return {
        ...settled({ id: registry.account, partition: registry.partition }),
        principals: asker.fact(async () => (await details).principals()),
        groups: asker.fact(async () => (await details).groups()),
        instanceProfiles: asker.fact(async () => (await details).instanceProfiles()),
        oidcProviders: asker.fact(async () => {
            const { sdk, client } = await iam;
            return oidcProvidersOf(context, sdk, client);
        }),
    };
}
/** @throws Unanswered */
async function authorizationDetails(context, sdk, client) {
    const pages = await context.asker.list(context.question(inventory_ACTION), (Marker, abortSignal) => client.send(new sdk.GetAccountAuthorizationDetailsCommand({ MaxItems: PAGE, Marker }), { abortSignal }), (answer) => {
        const page = (0,checked/* checked */.K)(Details, answer, inventory_ACTION);
        if (page.IsTruncated !== Boolean(page.Marker)) {
            throw new errors/* MalformedAnswer */.ol(`${inventory_ACTION} did not report whether there is another page`);
        }
        return { items: [page], nextToken: page.Marker ?? undefined };
    });
    return new Inventory(context.registry.account, {
        users: pages.flatMap((page) => page.UserDetailList),
        groups: pages.flatMap((page) => page.GroupDetailList),
        roles: pages.flatMap((page) => page.RoleDetailList),
        policies: pages.flatMap((page) => page.Policies),
    });
}
/** @throws Unanswered */
async function oidcProvidersOf(context, sdk, client) {
    const { asker } = context;
    const list = 'iam:ListOpenIDConnectProviders';
    const arns = await asker.call(context.question(list), (abortSignal) => client.send(new sdk.ListOpenIDConnectProvidersCommand({}), { abortSignal }), (answer) => (0,checked/* checked */.K)(Providers, answer, list).OpenIDConnectProviderList.map(({ Arn }) => Arn));
    const get = 'iam:GetOpenIDConnectProvider';
    const reads = [...new Set(arns)].map((arn) => asker.call(context.question(get, arn), (abortSignal) => client.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }), {
        abortSignal,
    }), (answer) => {
        const { Url, ClientIDList } = (0,checked/* checked */.K)(Provider, answer, get);
        if (Url && !arn.toLowerCase().endsWith(`/${Url.toLowerCase().replace(/^https:\/\//, '')}`)) {
            throw new errors/* MalformedAnswer */.ol(`${get} returned another provider than ${arn}`);
        }
        return { arn, clientIds: ClientIDList };
    }));
    return Promise.all(reads);
}
/** The management account of the organization; undefined if there is none. */
async function managementAccountOf(context) {
    const { asker, registry, session } = context;
    const { DescribeOrganizationCommand, OrganizationsClient } = await __webpack_require__.e(/* import() */ 3818).then(__webpack_require__.bind(__webpack_require__, 93818));
    const client = session.client('organizations', registry, (configuration) => new OrganizationsClient(configuration));
    const action = 'organizations:DescribeOrganization';
    return asker.optional(context.question(action), ['AWSOrganizationsNotInUseException'], (abortSignal) => client.send(new DescribeOrganizationCommand({}), { abortSignal }), (answer) => (0,checked/* checked */.K)(Organization, answer, action).Organization.MasterAccountId);
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/BatchGetAccountStatusCommand.js
var BatchGetAccountStatusCommand = __webpack_require__(56519);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/GetConfigurationCommand.js
var GetConfigurationCommand = __webpack_require__(19634);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/GetDelegatedAdminAccountCommand.js
var GetDelegatedAdminAccountCommand = __webpack_require__(38053);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/ListFiltersCommand.js
var ListFiltersCommand = __webpack_require__(90557);
;// CONCATENATED MODULE: ./audit/facts/filters.js
/** The suppression filters of Amazon Inspector that an account can see. */





// The most items of one page (Inspector2 service model).
const FILTERS_PAGE = 100;
const Filters = dist/* object */.Ikc({
    filters: dist/* array */.YOg(dist/* object */.Ikc({
        arn: shapes_text,
        name: shapes_text,
        action: dist/* literal */.euz('SUPPRESS'),
        criteria: dist/* record */.g1P(dist/* string */.YjP(), dist/* unknown */.L5J()),
    })),
    nextToken: dist/* nullish */.cl6(dist/* string */.YjP()),
});
/** @throws Unanswered */
async function filtersOf(context) {
    const { asker, registry, session } = context;
    const action = 'inspector2:ListFilters';
    const filters = await asker.list(context.question(action), (nextToken, abortSignal) => session
        .inspector(registry)
        .send(new ListFiltersCommand/* ListFiltersCommand */.F({ action: 'SUPPRESS', maxResults: FILTERS_PAGE, nextToken }), {
        abortSignal,
    }), (answer) => {
        const { filters: found, nextToken } = (0,checked/* checked */.K)(Filters, answer, action);
        return page(found, nextToken);
    });
    return [...byKey(action, filters, ({ arn }) => arn).values()].map(({ name, arn, criteria }) => ({
        name,
        arn,
        criteria: criteriaOf(criteria),
    }));
}
/** Criteria by name. Nested structures have both names: `vulnerablePackages.name`. */
function criteriaOf(criteria) {
    const found = new Map();
    const add = (name, value) => {
        const list = found.get(name);
        if (list === undefined)
            found.set(name, [value]);
        else
            list.push(value);
    };
    const visit = (name, condition) => {
        if (typeof condition !== 'object' || condition === null || condition instanceof Date) {
            throw new errors/* MalformedAnswer */.ol(`inspector2:ListFilters returned a condition on ${name} that is not a structure`);
        }
        const { comparison, value, key } = condition;
        if (typeof comparison === 'string' && (typeof value === 'string' || typeof key === 'string')) {
            add(name, { comparison, value: [key, value].filter((part) => typeof part === 'string').join('=') });
            return;
        }
        const members = Object.entries(condition).filter(([, member]) => member !== undefined && member !== null);
        if (members.length === 0) {
            throw new errors/* MalformedAnswer */.ol(`inspector2:ListFilters returned an empty condition on ${name}`);
        }
        if (members.every(([, member]) => typeof member === 'number' || member instanceof Date)) {
            add(name, { comparison: undefined, value: members.map((member) => rangeText(member)).join(' ') });
            return;
        }
        for (const [inner, member] of members)
            visit(`${name}.${inner}`, member);
    };
    for (const [name, conditions] of Object.entries(criteria)) {
        if (conditions === undefined || conditions === null)
            continue;
        if (!Array.isArray(conditions)) {
            throw new errors/* MalformedAnswer */.ol(`inspector2:ListFilters returned criteria on ${name} that are not a list`);
        }
        for (const condition of conditions)
            visit(name, condition);
    }
    return Object.fromEntries(found);
}
function rangeText([name, member]) {
    return `${name} ${member instanceof Date ? member.toISOString() : member}`;
}

;// CONCATENATED MODULE: ./audit/facts/inspector.js
/** The settings of Amazon Inspector for an account in a region. */






const Status = dist/* object */.Ikc({
    accounts: dist/* array */.YOg(dist/* object */.Ikc({
        accountId: shapes_text,
        resourceState: dist/* object */.Ikc({ ecr: dist/* object */.Ikc({ status: shapes_text }) }),
    })),
    failedAccounts: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ accountId: shapes_text, errorCode: shapes_text, errorMessage: dist/* nullish */.cl6(dist/* string */.YjP()) }))),
});
const Configuration = dist/* object */.Ikc({
    ecrConfiguration: dist/* object */.Ikc({
        rescanDurationState: dist/* object */.Ikc({
            rescanDuration: shapes_text,
            pullDateRescanDuration: optionalText,
            pullDateRescanMode: optionalText,
        }),
    }),
});
const Administrator = dist/* object */.Ikc({
    delegatedAdmin: dist/* object */.Ikc({ accountId: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^\d{12}$/)) }),
});
/** Reads Inspector's settings. */
function inspectorSettings(context) {
    const { asker } = context;
    return {
        inspectorStatus: asker.fact(() => statusOf(context)),
        inspectorRescan: asker.fact(() => rescanOf(context)),
        suppressionFilters: asker.fact(() => filtersOf(context)),
        inspectorAdministrator: asker.fact(() => administratorOf(context)),
    };
}
function statusOf(context) {
    const { asker, registry, session } = context;
    const { account } = registry;
    const action = 'inspector2:BatchGetAccountStatus';
    const command = new BatchGetAccountStatusCommand/* BatchGetAccountStatusCommand */.D({ accountIds: [account] });
    return asker.call(context.question(action), (abortSignal) => session.inspector(registry).send(command, { abortSignal }), (answer) => {
        const { accounts, failedAccounts } = (0,checked/* checked */.K)(Status, answer, action);
        const failed = failedAccounts?.find(({ accountId }) => accountId === account);
        if (failed !== undefined) {
            throw new errors/* MalformedAnswer */.ol(`${action} failed: ${failed.errorMessage ?? ''} (${failed.errorCode})`);
        }
        const status = byKey(action, accounts, ({ accountId }) => accountId).get(account);
        if (status === undefined)
            throw new errors/* MalformedAnswer */.ol(`${action} did not return ${account}`);
        return status.resourceState.ecr.status;
    });
}
function rescanOf(context) {
    const { asker, registry, session } = context;
    const action = 'inspector2:GetConfiguration';
    return asker.call(context.question(action), (abortSignal) => session.inspector(registry).send(new GetConfigurationCommand/* GetConfigurationCommand */.K({}), { abortSignal }), (answer) => {
        const { rescanDurationState: state } = (0,checked/* checked */.K)(Configuration, answer, action).ecrConfiguration;
        return {
            pushDuration: state.rescanDuration,
            pullDuration: state.pullDateRescanDuration ?? undefined,
            pullMode: state.pullDateRescanMode ?? undefined,
        };
    });
}
async function administratorOf(context) {
    const { asker, registry, session } = context;
    const action = 'inspector2:GetDelegatedAdminAccount';
    const administrator = await asker.optional(context.question(action), ['ResourceNotFoundException'], (abortSignal) => session.inspector(registry).send(new GetDelegatedAdminAccountCommand/* GetDelegatedAdminAccountCommand */.H({}), { abortSignal }), (answer) => (0,checked/* checked */.K)(Administrator, answer, action).delegatedAdmin.accountId);
    return administrator === registry.account ? undefined : administrator;
}

;// CONCATENATED MODULE: ./audit/facts/progress.js
/** Logs the progress of the audit. */
/** The most lines, and the fewest repositories for which lines are logged. */
const LINES = 25;
const FEWEST = 10;
class Progress {
    log;
    done = 0;
    total = 0;
    constructor(log) {
        this.log = log;
    }
    /** More repositories are to be audited. */
    expect(count) {
        this.total += count;
    }
    /** One more has been read. */
    advance() {
        this.done += 1;
        const step = Math.max(FEWEST, Math.ceil(this.total / LINES));
        if (this.done % step === 0 || this.done === this.total) {
            this.log(`audited ${this.done} of ${this.total} repositories`);
        }
    }
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetRegistryScanningConfigurationCommand.js
var GetRegistryScanningConfigurationCommand = __webpack_require__(97133);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetRegistryPolicyCommand.js
var GetRegistryPolicyCommand = __webpack_require__(97730);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetAccountSettingCommand.js
var GetAccountSettingCommand = __webpack_require__(70794);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetSigningConfigurationCommand.js
var GetSigningConfigurationCommand = __webpack_require__(29572);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeRegistryCommand.js
var DescribeRegistryCommand = __webpack_require__(68461);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribePullThroughCacheRulesCommand.js
var DescribePullThroughCacheRulesCommand = __webpack_require__(50531);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/ValidatePullThroughCacheRuleCommand.js
var ValidatePullThroughCacheRuleCommand = __webpack_require__(54677);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeRepositoryCreationTemplatesCommand.js
var DescribeRepositoryCreationTemplatesCommand = __webpack_require__(72576);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/ListPullTimeUpdateExclusionsCommand.js
var ListPullTimeUpdateExclusionsCommand = __webpack_require__(74993);
;// CONCATENATED MODULE: ./audit/facts/registry.js
/** The settings of a registry, as ECR reports them. */





// The most items of one page (ECR service model).
const registry_PAGE = 1000;
const EXCLUSIONS_PAGE = 100;
const region = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/));
const registry_account = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^\d{12}$/));
// What a filter of another kind selects is unknown, and no repository has a name with other characters.
const filter = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[a-z0-9._/*-]+$/));
const Filter = dist/* object */.Ikc({ filter, filterType: dist/* literal */.euz('WILDCARD') });
const Prefix = dist/* object */.Ikc({ filter, filterType: dist/* literal */.euz('PREFIX_MATCH') });
const Scanning = dist/* object */.Ikc({
    registryId: optionalText,
    scanningConfiguration: dist/* object */.Ikc({
        scanType: shapes_text,
        rules: dist/* array */.YOg(dist/* object */.Ikc({ scanFrequency: shapes_text, repositoryFilters: dist/* array */.YOg(Filter) })),
    }),
});
const Policy = dist/* object */.Ikc({ registryId: optionalText, policyText: shapes_text });
const Setting = dist/* object */.Ikc({ name: optionalText, value: dist/* picklist */.KIO(['V1', 'V2']) });
const Replication = dist/* object */.Ikc({
    registryId: optionalText,
    replicationConfiguration: dist/* object */.Ikc({
        rules: dist/* array */.YOg(dist/* object */.Ikc({
            destinations: dist/* array */.YOg(dist/* object */.Ikc({ region, registryId: registry_account })),
            repositoryFilters: dist/* nullish */.cl6(dist/* array */.YOg(Prefix)),
        })),
    }),
});
const Signing = dist/* object */.Ikc({
    registryId: optionalText,
    signingConfiguration: dist/* object */.Ikc({
        rules: dist/* array */.YOg(dist/* object */.Ikc({
            signingProfileArn: arn,
            repositoryFilters: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ filter, filterType: dist/* literal */.euz('WILDCARD_MATCH') }))),
        })),
    }),
});
const Rules = dist/* object */.Ikc({
    pullThroughCacheRules: dist/* array */.YOg(dist/* object */.Ikc({
        ecrRepositoryPrefix: prefix,
        upstreamRegistryUrl: shapes_text,
        registryId: optionalText,
        upstreamRegistry: optionalText,
        upstreamRepositoryPrefix: optionalText,
        credentialArn: optionalText,
        customRoleArn: optionalText,
    })),
    nextToken: dist/* nullish */.cl6(dist/* string */.YjP()),
});
const Validation = dist/* object */.Ikc({
    ecrRepositoryPrefix: optionalText,
    registryId: optionalText,
    isValid: dist/* boolean */.zMY(),
    failure: dist/* nullish */.cl6(dist/* string */.YjP()),
});
const Templates = dist/* object */.Ikc({
    registryId: optionalText,
    repositoryCreationTemplates: dist/* array */.YOg(dist/* object */.Ikc({
        prefix: prefix,
        appliedFor: shapes_texts,
        repositoryPolicy: optionalText,
        lifecyclePolicy: optionalText,
    })),
    nextToken: dist/* nullish */.cl6(dist/* string */.YjP()),
});
const Exclusions = dist/* object */.Ikc({ pullTimeUpdateExclusions: shapes_texts, nextToken: dist/* nullish */.cl6(dist/* string */.YjP()) });
/**
 * Reads the settings of a registry. Most of these calls have no account parameter: ECR returns the settings of the
 * caller's registry.
 */
function registrySettings(context, validateCache) {
    const { asker } = context;
    return {
        scanning: asker.fact(() => scanningOf(context)),
        policy: asker.fact(() => registry_policyOf(context)),
        policyScope: asker.fact(() => policyScopeOf(context)),
        signing: asker.fact(() => signingOf(context)),
        replication: asker.fact(() => replicationOf(context)),
        cacheRules: asker.fact(() => cacheRulesOf(context, validateCache)),
        templates: asker.fact(() => templatesOf(context)),
        pullTimeExclusions: asker.fact(() => exclusionsOf(context)),
    };
}
function scanningOf(context) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:GetRegistryScanningConfiguration';
    return asker.call(context.question(action), (abortSignal) => ecr.send(new GetRegistryScanningConfigurationCommand/* GetRegistryScanningConfigurationCommand */.M({}), { abortSignal }), (answer) => {
        const { registryId, scanningConfiguration } = (0,checked/* checked */.K)(Scanning, answer, action);
        expectAbout(action, [[registryId, registry.account]]);
        return {
            scanType: scanningConfiguration.scanType,
            rules: scanningConfiguration.rules.map(({ scanFrequency, repositoryFilters }) => ({
                frequency: scanFrequency,
                filters: repositoryFilters.map(({ filter }) => filter),
            })),
        };
    });
}
function registry_policyOf(context) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:GetRegistryPolicy';
    return asker.optional(context.question(action), ['RegistryPolicyNotFoundException'], (abortSignal) => ecr.send(new GetRegistryPolicyCommand/* GetRegistryPolicyCommand */.J({}), { abortSignal }), (answer) => {
        const { registryId, policyText } = (0,checked/* checked */.K)(Policy, answer, action);
        expectAbout(action, [[registryId, registry.account]]);
        return policyText;
    });
}
function policyScopeOf(context) {
    const { asker, ecr } = context;
    const action = 'ecr:GetAccountSetting';
    const name = 'REGISTRY_POLICY_SCOPE';
    return asker.call(context.question(action), (abortSignal) => ecr.send(new GetAccountSettingCommand/* GetAccountSettingCommand */.p({ name }), { abortSignal }), (answer) => {
        const setting = (0,checked/* checked */.K)(Setting, answer, action);
        expectAbout(action, [[setting.name, name]]);
        return setting.value;
    });
}
function signingOf(context) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:GetSigningConfiguration';
    return asker.optional(context.question(action), ['SigningConfigurationNotFoundException'], (abortSignal) => ecr.send(new GetSigningConfigurationCommand/* GetSigningConfigurationCommand */.t({}), { abortSignal }), (answer) => {
        const { registryId, signingConfiguration } = (0,checked/* checked */.K)(Signing, answer, action);
        expectAbout(action, [[registryId, registry.account]]);
        return signingConfiguration.rules.map(({ signingProfileArn: profile, repositoryFilters }) => ({
            profile,
            filters: (repositoryFilters ?? []).map(({ filter }) => filter),
        }));
    });
}
function replicationOf(context) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:DescribeRegistry';
    return asker.call(context.question(action), (abortSignal) => ecr.send(new DescribeRegistryCommand/* DescribeRegistryCommand */.I({}), { abortSignal }), (answer) => {
        const { registryId, replicationConfiguration } = (0,checked/* checked */.K)(Replication, answer, action);
        expectAbout(action, [[registryId, registry.account]]);
        return replicationConfiguration.rules.map(({ destinations, repositoryFilters }) => ({
            destinations: destinations.map(({ region, registryId: account }) => ({ region, account })),
            prefixes: (repositoryFilters ?? []).map(({ filter }) => filter),
        }));
    });
}
async function cacheRulesOf(context, validate) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:DescribePullThroughCacheRules';
    const rules = await asker.list(context.question(action), (nextToken, abortSignal) => ecr.send(new DescribePullThroughCacheRulesCommand/* DescribePullThroughCacheRulesCommand */.W({
        registryId: registry.account,
        maxResults: registry_PAGE,
        nextToken,
    }), { abortSignal }), (answer) => {
        const { pullThroughCacheRules, nextToken } = (0,checked/* checked */.K)(Rules, answer, action);
        for (const { registryId } of pullThroughCacheRules)
            expectAbout(action, [[registryId, registry.account]]);
        return page(pullThroughCacheRules, nextToken);
    });
    byKey(action, rules, ({ ecrRepositoryPrefix }) => ecrRepositoryPrefix);
    return Promise.all(rules.map(async (rule) => ({
        prefix: rule.ecrRepositoryPrefix,
        upstream: rule.upstreamRegistry ?? undefined,
        upstreamUrl: rule.upstreamRegistryUrl,
        upstreamPrefix: rule.upstreamRepositoryPrefix ?? undefined,
        hasCredential: typeof rule.credentialArn === 'string',
        hasRole: typeof rule.customRoleArn === 'string',
        validation: validate
            ? await asker.fact(() => validationOf(context, rule.ecrRepositoryPrefix))
            : Fact.known(undefined),
    })));
}
async function validationOf(context, prefix) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:ValidatePullThroughCacheRule';
    const command = new ValidatePullThroughCacheRuleCommand/* ValidatePullThroughCacheRuleCommand */.Q({
        registryId: registry.account,
        ecrRepositoryPrefix: prefix,
    });
    return asker.call(context.question(action, prefix), (abortSignal) => ecr.send(command, { abortSignal }), (answer) => {
        const { registryId, ecrRepositoryPrefix, isValid, failure } = (0,checked/* checked */.K)(Validation, answer, action);
        expectAbout(action, [
            [registryId, registry.account],
            [ecrRepositoryPrefix, prefix],
        ]);
        return { isValid, failure: failure || undefined };
    });
}
async function templatesOf(context) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:DescribeRepositoryCreationTemplates';
    const templates = await asker.list(context.question(action), (nextToken, abortSignal) => ecr.send(new DescribeRepositoryCreationTemplatesCommand/* DescribeRepositoryCreationTemplatesCommand */.v({ maxResults: registry_PAGE, nextToken }), {
        abortSignal,
    }), (answer) => {
        const { registryId, repositoryCreationTemplates, nextToken } = (0,checked/* checked */.K)(Templates, answer, action);
        expectAbout(action, [[registryId, registry.account]]);
        return page(repositoryCreationTemplates, nextToken);
    });
    return [...byKey(action, templates, ({ prefix }) => prefix).values()].map((template) => ({
        prefix: template.prefix,
        appliedFor: template.appliedFor,
        policy: template.repositoryPolicy ?? undefined,
        lifecyclePolicy: template.lifecyclePolicy ?? undefined,
    }));
}
function exclusionsOf(context) {
    const { asker, ecr } = context;
    const action = 'ecr:ListPullTimeUpdateExclusions';
    return asker.names(context.question(action), (nextToken, abortSignal) => ecr.send(new ListPullTimeUpdateExclusionsCommand/* ListPullTimeUpdateExclusionsCommand */.M({ maxResults: EXCLUSIONS_PAGE, nextToken }), {
        abortSignal,
    }), (answer) => {
        const { pullTimeUpdateExclusions, nextToken } = (0,checked/* checked */.K)(Exclusions, answer, action);
        return page(pullTimeUpdateExclusions, nextToken);
    });
}

;// CONCATENATED MODULE: ./audit/facts/budget.js
/** How many calls are made for one repository. */
/**
 * The most calls for one repository: for its policy, its lifecycle policy and its images; if needed, for its tags, the
 * entries of its indexes, its key and the clusters of an image that runs; and for scan statuses while calls are left.
 * Further pages, retries and the lifecycle preview are not included.
 */
const CALLS_PER_REPOSITORY = 6;
/** Why something was not read. */
const OVER_BUDGET = `an audit makes at most ${CALLS_PER_REPOSITORY} calls for a repository`;
/** The calls that are left for a repository. Its users wait for each other, so that every run makes the same calls. */
class Budget {
    left;
    spares;
    /**
     * @param made calls that are made or may be made
     * @param spares for some of them, whether the call turns out not to be needed. This is awaited only if no other call
     *   is left
     */
    constructor(made, spares) {
        this.left = CALLS_PER_REPOSITORY - made;
        this.spares = [...spares];
    }
    /** Whether one more call may be made. */
    async take() {
        if (this.left > 0) {
            this.left -= 1;
            return true;
        }
        for (let spare = this.spares.shift(); spare !== undefined; spare = this.spares.shift()) {
            if (await spare)
                return true;
        }
        return false;
    }
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/commands/GetClustersForImageCommand.js
var GetClustersForImageCommand = __webpack_require__(33117);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
;// CONCATENATED MODULE: ./audit/facts/clusters.js
/** The clusters in which images run, as Inspector reports them. */








const clusters_Answer = dist/* object */.Ikc({
    cluster: dist/* array */.YOg(dist/* object */.Ikc({ clusterArn: shapes_text })),
    nextToken: dist/* nullish */.cl6(dist/* string */.YjP()),
});
const clusters_NONE = Fact.known([]);
/**
 * Reads the clusters in which the images of a registry run, for the report. If something cannot be read, a notice says
 * so, and nothing else changes.
 */
class Clusters {
    context;
    unread = 0;
    reason;
    constructor(context) {
        this.context = context;
    }
    /**
     * The rows of a repository, with the clusters of the first image that runs.
     * @param mayAsk whether a call is left for the repository
     */
    async of(rows, mayAsk) {
        const [first, ...others] = rows
            .filter(isInUse)
            .toSorted((a, b) => (0,text_0/* compareTexts */.qy)(a.resourceId, b.resourceId))
            .map(({ resourceId }) => resourceId);
        const asked = first !== undefined && mayAsk
            ? await this.context.asker.fact(() => this.read(first))
            : Fact.unknown(OVER_BUDGET);
        this.unread += others.length + (first !== undefined && !mayAsk ? 1 : 0);
        return rows.map((row) => this.covered(row, row.resourceId === first ? asked : isInUse(row) ? Fact.unknown(OVER_BUDGET) : clusters_NONE));
    }
    /** What was not read, as sentences. */
    get notices() {
        const { host } = this.context;
        return [
            ...(this.unread === 0
                ? []
                : [
                    `The clusters of some images of ${host} that Inspector reports in use (${this.unread}) were not read: ${OVER_BUDGET}.`,
                ]),
            ...(this.reason === undefined
                ? []
                : [`The clusters of some images of ${host} that are in use were not read: ${this.reason}.`]),
        ];
    }
    covered({ resourceId: _, ...row }, clusters) {
        const content = Fact.open(clusters);
        if ('known' in content)
            return { ...row, clusters: content.known };
        if (content.gap.reason !== OVER_BUDGET)
            this.reason ??= content.gap.reason;
        return { ...row, clusters: [], clustersGap: content.gap };
    }
    /** @throws Unanswered */
    read(resourceId) {
        const { asker, registry, session } = this.context;
        const action = 'inspector2:GetClustersForImage';
        return asker.names(this.context.question(action, resourceId), (nextToken, abortSignal) => session
            .inspector(registry)
            .send(new GetClustersForImageCommand/* GetClustersForImageCommand */.v({ filter: { resourceId }, nextToken }), { abortSignal }), (answer) => {
            const { cluster, nextToken } = (0,checked/* checked */.K)(clusters_Answer, answer, action);
            return page(cluster.map(({ clusterArn }) => clusterArn), nextToken);
        });
    }
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeImagesCommand.js
var DescribeImagesCommand = __webpack_require__(98);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/BatchGetImageCommand.js
var BatchGetImageCommand = __webpack_require__(80454);
// EXTERNAL MODULE: ./image/manifest.js
var image_manifest = __webpack_require__(84858);
;// CONCATENATED MODULE: ./audit/facts/indexes.js
/** What the indexes of a repository list. */








// The most images of one call (ECR service model).
const IDS_PER_CALL = 100;
const Manifests = dist/* object */.Ikc({
    images: dist/* array */.YOg(dist/* object */.Ikc({
        ...About,
        imageId: dist/* object */.Ikc({ imageDigest: digest }),
        imageManifest: dist/* string */.YjP(),
    })),
});
/** What each index lists, by its digest. */
async function entriesOf(context, repository, digests) {
    const batches = chunks(digests, IDS_PER_CALL).map(async (batch) => {
        const manifests = Fact.open(await context.asker.fact(() => manifestsOf(context, repository, batch)));
        return batch.map((name) => [
            name,
            'gap' in manifests ? { entriesGap: manifests.gap } : parseIndex(name, manifests.known.get(name)),
        ]);
    });
    return new Map((await Promise.all(batches)).flat());
}
/** @throws Unanswered */
function manifestsOf(context, { name, arn }, digests) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:BatchGetImage';
    const about = { registryId: registry.account, repositoryName: name };
    const command = new BatchGetImageCommand/* BatchGetImageCommand */.P({
        ...about,
        imageIds: digests.map((imageDigest) => ({ imageDigest })),
        acceptedMediaTypes: [...image_manifest/* MANIFEST_MEDIA_TYPES */.$T],
    });
    return asker.call(context.question(action, arn), (abortSignal) => ecr.send(command, { abortSignal }), (answer) => {
        const { images } = (0,checked/* checked */.K)(Manifests, answer, action);
        for (const image of images)
            expectRepository(action, image, about);
        return new Map(images.map(({ imageId, imageManifest }) => [imageId.imageDigest, imageManifest]));
    });
}
function parseIndex(name, text) {
    if (text === undefined)
        return unread(`ecr:BatchGetImage did not return the manifest of ${name}`);
    try {
        const manifest = (0,image_manifest/* parseManifest */.Ng)(name, text);
        if (manifest.kind === 'index')
            return { entries: manifest.children.map(indexes_entryOf) };
        return unread(`ecr:BatchGetImage returned a manifest of ${name} that is not an index`);
    }
    catch (error) {
        if (error instanceof errors_0/* GateError */.ue)
            return unread(error.message.replace(/\.$/, ''));
        throw error;
    }
}
function unread(reason) {
    return { entriesGap: { reason, missing: [] } };
}
const NO_PLATFORM = 'unknown/unknown';
function indexes_entryOf({ digest: child, platform, isForNoPlatform }) {
    const { os, architecture, variant } = platform;
    if (isForNoPlatform)
        return { digest: child, platform: NO_PLATFORM };
    if (!os || !architecture)
        return { digest: child, platform: undefined };
    const name = [os, architecture, ...(variant ? [variant] : [])].join('/');
    // Only this exact platform means that an entry is for no platform.
    return { digest: child, platform: name === NO_PLATFORM ? undefined : name };
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeImageScanFindingsCommand.js
var DescribeImageScanFindingsCommand = __webpack_require__(65794);
;// CONCATENATED MODULE: ./audit/facts/scans.js
/** The scan statuses of images. */









const Scan = dist/* object */.Ikc({
    ...About,
    imageId: dist/* nullish */.cl6(dist/* object */.Ikc({ imageDigest: dist/* nullish */.cl6(digest) })),
    imageScanStatus: dist/* object */.Ikc({ status: shapes_text, description: dist/* nullish */.cl6(dist/* string */.YjP()) }),
});
/** The scan status of an image until it is read from ECR. */
const NOT_ASKED = Fact.unknown('the scan status of this image was not read, because the image is neither new nor in use');
/** The status that DescribeImages reports. Images with the same status share a fact. */
function statedScan(stated, shared) {
    const { status, description } = stated ?? {};
    if (!status)
        return NOT_ASKED;
    const key = `${status} ${description}`;
    const known = shared.get(key) ?? Fact.known({ status, description: description ?? undefined });
    shared.set(key, known);
    return known;
}
/**
 * The images, with the scan statuses that checks need. With enhanced scanning, DescribeImages reports them. Otherwise
 * they are read while calls are left, one call per image: first for the newest images, then for images that run. With
 * basic scanning, the scan status in DescribeImages is outdated: "The new version of Amazon ECR basic scanning doesn't
 * use the imageScanFindingsSummary and imageScanStatus attributes" (ECR API reference, ImageDetail). Only
 * DescribeImageScanFindings returns it, for one image per call.
 */
async function withScans({ context, repository, expected, budget }, images, { scanning, running }) {
    const configuration = Fact.open(await scanning);
    const isEnhanced = 'known' in configuration && configuration.known.scanType === 'ENHANCED';
    const isStated = ({ scan }) => isEnhanced && scan !== NOT_ASKED;
    const stated = new Set(images.filter(isStated).map(({ digest: name }) => name));
    const unconfigured = 'gap' in configuration ? [configuration.gap] : [];
    const noCallLeft = unreadBecause([{ reason: OVER_BUDGET, missing: [] }, ...unconfigured]);
    const asked = new Map();
    const ask = async (digests) => {
        for (const name of digestsToScan(images, expected, digests)) {
            if (stated.has(name) || asked.has(name))
                continue;
            const mayAsk = await budget.take();
            asked.set(name, mayAsk
                ? context.asker.fact(() => describeScan(context, repository, name))
                : Promise.resolve(noCallLeft));
        }
    };
    await ask([]);
    const gaps = [];
    // One after the other and sorted, so that every run spends the remaining calls on the same images.
    for (const source of running) {
        const content = Fact.open(await source);
        if ('gap' in content)
            gaps.push(content.gap);
        else
            await ask(content.known.toSorted());
    }
    const answers = new Map(await Promise.all([...asked].map(async ([name, scan]) => [name, await scan])));
    const unread = notAsked([
        ...unconfigured,
        ...gaps,
        ...images.map(({ entriesGap, storageClass }) => (storageClass === 'archive' ? undefined : entriesGap)),
    ]);
    return images.map((image) => {
        const scan = answers.get(image.digest) ?? (isStated(image) ? image.scan : unread);
        return scan === image.scan ? image : { ...image, scan };
    });
}
/** The status of an image that was not read from ECR, with the reason why it is unknown whether it has to be read. */
function notAsked(gaps) {
    const all = gaps.filter((gap) => gap !== undefined);
    return all.length === 0 ? NOT_ASKED : unreadBecause(all);
}
function unreadBecause(gaps) {
    const { reason, missing } = joinedGaps(gaps);
    return Fact.unknown(`the scan status of this image was not read: ${reason}`, missing);
}
function describeScan(context, { name, arn }, imageDigest) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:DescribeImageScanFindings';
    const about = { registryId: registry.account, repositoryName: name };
    const command = new DescribeImageScanFindingsCommand/* DescribeImageScanFindingsCommand */.T({ ...about, imageId: { imageDigest }, maxResults: 1 });
    return asker.optional(context.question(action, arn), ['ScanNotFoundException'], (abortSignal) => ecr.send(command, { abortSignal }), (answer) => {
        const { imageId, imageScanStatus, ...said } = (0,checked/* checked */.K)(Scan, answer, action);
        expectRepository(action, said, about);
        const other = imageId?.imageDigest;
        if (other && other !== imageDigest)
            throw new errors/* MalformedAnswer */.ol(`${action} returned another image`);
        return { status: imageScanStatus.status, description: imageScanStatus.description ?? undefined };
    });
}

;// CONCATENATED MODULE: ./audit/facts/images.js
/** The images of a repository. */







// The most items of one page (ECR service model).
const IMAGES_PAGE = 1000;
const ScanStatus = dist/* nullish */.cl6(dist/* object */.Ikc({ status: optionalText, description: dist/* nullish */.cl6(dist/* string */.YjP()) }));
const Detail = dist/* object */.Ikc({
    ...About,
    imageDigest: digest,
    imageTags: dist/* nullish */.cl6(dist/* array */.YOg(shapes_tag)),
    imagePushedAt: optionalDate,
    imageManifestMediaType: dist/* nullish */.cl6(mediaType),
    artifactMediaType: dist/* nullish */.cl6(mediaType),
    lastRecordedPullTime: optionalDate,
    subjectManifestDigest: dist/* nullish */.cl6(digest),
    imageStatus: optionalText,
    lastArchivedAt: optionalDate,
    lastActivatedAt: optionalDate,
    imageScanStatus: ScanStatus,
});
const images_Details = dist/* object */.Ikc({ imageDetails: dist/* array */.YOg(Detail), nextToken: dist/* nullish */.cl6(dist/* string */.YjP()) });
const STORAGE_CLASSES = new Map([
    ['ACTIVE', 'standard'],
    ['ARCHIVED', 'archive'],
]);
/**
 * Everything in a repository, archived images and artifacts included. The scan of an image is still unknown if
 * DescribeImages does not report its status.
 * @throws Unanswered
 */
async function imagesOf(context, repository) {
    const details = await describeImages(context, repository);
    const indexes = details.filter(isIndex);
    const readable = indexes.filter(({ imageStatus }) => imageStatus !== 'ARCHIVED');
    const listed = await entriesOf(context, repository, readable.map(({ imageDigest }) => imageDigest));
    const scans = new Map();
    return details.map((detail) => imageOf(detail, listed.get(detail.imageDigest) ?? archived(detail), scans));
}
/** ECR does not return the manifests of archived images. */
function archived(detail) {
    if (!isIndex(detail))
        return undefined;
    const reason = `what the archived index ${detail.imageDigest} lists cannot be read`;
    return { entriesGap: { reason, missing: [] } };
}
async function describeImages(context, { name, arn }) {
    const { asker, ecr, registry } = context;
    const action = 'ecr:DescribeImages';
    const about = { registryId: registry.account, repositoryName: name };
    return asker.list(context.question(action, arn), (nextToken, abortSignal) => ecr.send(new DescribeImagesCommand/* DescribeImagesCommand */.j({
        ...about,
        filter: { imageStatus: 'ANY' },
        maxResults: IMAGES_PAGE,
        nextToken,
    }), { abortSignal }), (answer) => {
        const { imageDetails, nextToken } = (0,checked/* checked */.K)(images_Details, answer, action);
        for (const detail of imageDetails)
            expectRepository(action, detail, about);
        return page(imageDetails, nextToken);
    }, (details) => agreeing(action, details));
}
/**
 * The images, each once.
 * @throws MalformedAnswer if one is described twice with different values, or a tag is on two of them
 */
function agreeing(action, details) {
    const images = once(action, details, ({ imageDigest }) => imageDigest);
    byKey(action, images.flatMap(({ imageTags }) => imageTags ?? []), (tag) => tag);
    return images;
}
function isIndex({ imageManifestMediaType: type }) {
    return typeof type === 'string' ? /\bimage\.index\b|\bmanifest\.list\b/.test(type) : undefined;
}
function imageOf(detail, listed, scans) {
    const index = isIndex(detail);
    const entries = listed !== undefined && 'entries' in listed ? listed.entries : undefined;
    return {
        digest: detail.imageDigest,
        tags: detail.imageTags ?? [],
        pushedAt: detail.imagePushedAt ?? undefined,
        lastPulledAt: detail.lastRecordedPullTime ?? null,
        lastActivatedAt: detail.lastActivatedAt ?? null,
        archivedAt: detail.lastArchivedAt ?? null,
        storageClass: STORAGE_CLASSES.get(detail.imageStatus ?? ''),
        isIndex: index,
        children: index === false ? [] : entries?.map((entry) => entry.digest),
        subject: detail.subjectManifestDigest ?? null,
        mediaType: detail.imageManifestMediaType ?? undefined,
        artifactType: detail.artifactMediaType ?? undefined,
        entries,
        ...(listed !== undefined && 'entriesGap' in listed && { entriesGap: listed.entriesGap }),
        scan: statedScan(detail.imageScanStatus, scans),
    };
}

;// CONCATENATED MODULE: ./audit/facts/unknown.js
/** Facts about something that was not read. */


/** Facts that are unknown because of a gap. */
function unknown_unknown({ reason, missing }) {
    return Fact.unknown(reason, missing);
}
function unknownWorkloads(gap) {
    const nothing = unknown_unknown(gap);
    return {
        ecs: nothing,
        lambda: nothing,
        lambdaVersions: nothing,
        ecsRoles: nothing,
        eksRoles: nothing,
        lambdaRoles: nothing,
        eksClusters: nothing,
    };
}
function unknownRegistry(registry, gap) {
    const { account, region, partition } = registry;
    const nothing = unknown_unknown(gap);
    return {
        host: (0,reference/* canonicalHost */.rQ)(registry),
        account,
        region,
        partition,
        scanning: nothing,
        inspectorStatus: nothing,
        inspectorRescan: nothing,
        suppressionFilters: nothing,
        inspectorAdministrator: nothing,
        policy: nothing,
        policyScope: nothing,
        signing: nothing,
        replication: nothing,
        cacheRules: nothing,
        templates: nothing,
        pullTimeExclusions: nothing,
        repositories: nothing,
        repositoryNames: nothing,
        workloads: unknownWorkloads(gap),
    };
}
function unknownAccount({ account, partition }, gap) {
    const nothing = unknown_unknown(gap);
    return {
        id: account,
        partition,
        principals: nothing,
        groups: nothing,
        oidcProviders: nothing,
        instanceProfiles: nothing,
    };
}

;// CONCATENATED MODULE: ./audit/facts/keys.js
/** The KMS keys that encrypt repositories. */





const Key = dist/* object */.Ikc({
    KeyMetadata: dist/* object */.Ikc({
        Arn: shapes_text,
        KeyState: shapes_text,
        KeyManager: dist/* nullish */.cl6(dist/* picklist */.KIO(['AWS', 'CUSTOMER'])),
        DeletionDate: optionalDate,
    }),
});
/** Reads each KMS key of a registry once. */
class Keys {
    context;
    asked = new Map();
    constructor(context) {
        this.context = context;
    }
    /**
     * The key of a repository (undefined if it has none), and how many calls it takes: none for a key that was already
     * requested.
     */
    of(encryption) {
        const content = Fact.open(encryption);
        if ('gap' in content)
            return { key: Promise.resolve(unknown_unknown(content.gap)), calls: 0 };
        const { key } = content.known;
        if (key === undefined)
            return { key: Promise.resolve(Fact.known(undefined)), calls: 0 };
        const before = this.asked.get(key);
        if (before !== undefined)
            return { key: before, calls: 0 };
        const asked = this.context.asker.fact(() => describeKey(this.context, key));
        this.asked.set(key, asked);
        return { key: asked, calls: 1 };
    }
}
async function describeKey(context, arn) {
    const { asker, registry, session } = context;
    const { DescribeKeyCommand, KMSClient } = await __webpack_require__.e(/* import() */ 7243).then(__webpack_require__.bind(__webpack_require__, 67243));
    const client = session.client('kms', registry, (configuration) => new KMSClient(configuration));
    const action = 'kms:DescribeKey';
    return asker.call(context.question(action, arn), (abortSignal) => client.send(new DescribeKeyCommand({ KeyId: arn }), { abortSignal }), (answer) => {
        const { Arn, KeyState, KeyManager, DeletionDate } = (0,checked/* checked */.K)(Key, answer, action).KeyMetadata;
        // The key behind an alias has another ARN.
        if (!arn.includes(':alias/'))
            expectAbout(action, [[Arn, arn]]);
        return { state: KeyState, manager: KeyManager ?? undefined, deletionDate: DeletionDate ?? undefined };
    });
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/StartLifecyclePolicyPreviewCommand.js
var StartLifecyclePolicyPreviewCommand = __webpack_require__(31411);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/GetLifecyclePolicyPreviewCommand.js
var GetLifecyclePolicyPreviewCommand = __webpack_require__(24759);
;// CONCATENATED MODULE: ./audit/facts/preview.js
/** ECR's own preview of what a lifecycle policy does. */







// The most items of one page (ECR service model).
const PREVIEW_PAGE = 100;
const PREVIEW_POLL_MS = 2_000;
const Preview = dist/* object */.Ikc({
    ...About,
    lifecyclePolicyText: shapes_text,
    status: shapes_text,
    previewResults: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({
        imageDigest: digest,
        action: dist/* nullish */.cl6(dist/* object */.Ikc({ type: optionalText, targetStorageClass: optionalText })),
        appliedRulePriority: dist/* nullish */.cl6(dist/* number */.aig()),
    }))),
    nextToken: dist/* nullish */.cl6(dist/* string */.YjP()),
});
/**
 * Starts ECR's preview of the repository's own lifecycle policy, and reads it when it is complete.
 * @param policy the text of that policy
 * @throws Unanswered
 */
async function previewOf(context, { name, arn }, policy) {
    const { asker, ecr, registry } = context;
    const about = { registryId: registry.account, repositoryName: name };
    const start = 'ecr:StartLifecyclePolicyPreview';
    const read = 'ecr:GetLifecyclePolicyPreview';
    await asker.optional(context.question(start, arn), 
    // A preview that the audit itself started, if the response was lost, or that another principal started.
    ['LifecyclePolicyPreviewInProgressException'], (abortSignal) => ecr.send(new StartLifecyclePolicyPreviewCommand/* StartLifecyclePolicyPreviewCommand */.o(about), { abortSignal }), () => undefined);
    const get = (nextToken, abortSignal) => ecr.send(new GetLifecyclePolicyPreviewCommand/* GetLifecyclePolicyPreviewCommand */.y({ ...about, maxResults: PREVIEW_PAGE, nextToken }), {
        abortSignal,
    });
    const whenComplete = async (nextToken, abortSignal) => {
        let answer = await get(nextToken, abortSignal);
        while (answer.status === 'IN_PROGRESS' && !abortSignal.aborted) {
            await asker.deadline.sleep(PREVIEW_POLL_MS);
            answer = await get(nextToken, abortSignal);
        }
        return answer;
    };
    const results = await asker.list(context.question(read, arn), whenComplete, (answer) => {
        const preview = (0,checked/* checked */.K)(Preview, answer, read);
        const { status, previewResults, nextToken } = preview;
        expectRepository(read, preview, about);
        if (!isSame(preview.lifecyclePolicyText, policy)) {
            throw new errors/* MalformedAnswer */.ol('the lifecycle preview is about another policy than the current one');
        }
        if (status !== 'COMPLETE')
            throw new errors/* MalformedAnswer */.ol(`the lifecycle preview ended as ${status}`);
        if (!previewResults)
            throw new errors/* MalformedAnswer */.ol(`${read} returned no previewResults`);
        return page(previewResults, nextToken);
    });
    return once(read, results, ({ imageDigest }) => imageDigest).map(({ imageDigest, action, appliedRulePriority }) => ({
        digest: imageDigest,
        action: actionOf(action?.type, action?.targetStorageClass),
        priority: appliedRulePriority ?? undefined,
    }));
}
/** Whether two texts are the same JSON, regardless of formatting. */
function isSame(one, other) {
    try {
        return (0,external_node_util_.isDeepStrictEqual)(JSON.parse(one), JSON.parse(other));
    }
    catch {
        return one === other;
    }
}
function actionOf(type, target) {
    if (type === 'EXPIRE')
        return 'expire';
    return type === 'TRANSITION' && target === 'ARCHIVE' ? 'archive' : undefined;
}

;// CONCATENATED MODULE: ./audit/facts/resource-tags.js

/** Why tags were not read. */
const NOT_MENTIONED = 'no policy that was read mentions tags of repositories, so they were not read';
/**
 * Whether a policy may mention tags of resources: as a condition key (`aws:ResourceTag/team`, `ecr:ResourceTag/team`) or
 * in a policy variable. JSON may write the letters of a text as escapes.
 */
function mayMentionTags(text) {
    return /resourcetag|\\u/i.test(text);
}
/** The same for a policy that may be unknown; if it is, the result is true. */
function factMayMentionTags(policy) {
    const content = Fact.open(policy);
    return 'gap' in content || mayMentionTags(content.known ?? '');
}
/**
 * The same for the policies of an account's principals and of the organization. Policies that were not read may mention
 * tags.
 */
function policiesMayMentionTags(principals, levels) {
    // Many principals have the same policies.
    const texts = new Set();
    const isUnread = (known) => {
        if ('known' in known)
            texts.add(known.known);
        return 'unknown' in known;
    };
    const someUnread = (policies) => policies.filter(({ text }) => isUnread(text)).length > 0;
    const lists = levels.map(({ policies }) => policies);
    const content = Fact.open(principals);
    if ('gap' in content)
        return true;
    for (const { policies, boundary } of content.known) {
        if ('unknown' in policies || 'unknown' in boundary)
            return true;
        lists.push(policies.known, boundary.known === undefined ? [] : [boundary.known]);
    }
    return lists.filter(someUnread).length > 0 || [...texts].some(mayMentionTags);
}

;// CONCATENATED MODULE: ./audit/facts/repositories.js
/** All facts of one repository. Each is read as soon as the facts that it depends on are known. */















/**
 * The calls that are made for each repository: its policy, its lifecycle policy, its images, and its tags if needed.
 */
const ALWAYS_READ = 4;
/** Reads the repositories of a registry one by one. */
class RepositoryReader {
    context;
    scope;
    common;
    keys;
    clusters;
    constructor(context, scope, common) {
        this.context = context;
        this.scope = scope;
        this.common = common;
        this.keys = new Keys(context);
        this.clusters = new Clusters(context);
    }
    async read(repository) {
        const { context, common } = this;
        const { asker } = context;
        const { key, calls } = this.keys.of(repository.encryption);
        const policy = asker.fact(() => repository_policyOf(context, repository));
        const tagsMatter = any([policy.then(factMayMentionTags), common.tagsMatter]);
        const own = {
            key,
            policy,
            lifecyclePolicy: asker.fact(() => lifecyclePolicyOf(context, repository)),
            tags: tagsMatter.then((matter) => matter ? asker.fact(() => tagsOf(context, repository)) : Fact.unknown(NOT_MENTIONED)),
            images: asker.fact(() => imagesOf(context, repository)),
        };
        const rows = this.rowsOf(repository);
        const mayAskClusters = calls === 0;
        const spares = [
            tagsMatter.then((matter) => !matter),
            ...(mayAskClusters ? [rows.then((fact) => !hasImageInUse(fact))] : []),
        ];
        const images = this.scanned(repository, own.images, calls + (mayAskClusters ? 1 : 0), spares);
        const coverage = this.covered(rows, mayAskClusters);
        const preview = this.preview(repository, own.lifecyclePolicy);
        const read = await together_together(own);
        common.done();
        const frequencies = await common.frequencies;
        return {
            ...repository,
            ...read,
            scanFrequency: frequencies.get(repository.arn) ?? Fact.unknown('it was not read'),
            images: await images,
            coverage: await coverage,
            preview: await preview,
        };
    }
    /** What was not read, as sentences. */
    get notices() {
        return this.clusters.notices;
    }
    async covered(rows, mayAskClusters) {
        const content = Fact.open(await rows);
        return 'gap' in content
            ? unknown_unknown(content.gap)
            : Fact.known(await this.clusters.of(content.known, mayAskClusters));
    }
    async rowsOf({ arn }) {
        return (await this.common.coverage.get(arn)) ?? Fact.unknown('it was not read');
    }
    /** @param more calls for the repository in addition to those for every repository */
    async scanned(repository, read, more, spares) {
        const { context, common, scope } = this;
        const { host, registry } = context;
        const content = Fact.open(await read);
        if ('gap' in content)
            return unknown_unknown(content.gap);
        const manifests = content.known.some(isReadIndex) ? 1 : 0;
        const budget = new Budget(ALWAYS_READ + more + manifests, spares);
        const set = new ImageSet(content.known);
        const expected = expectationsFor(scope.expectations, {
            name: repository.name,
            account: registry.account,
        });
        const inUse = this.rowsOf(repository).then((fact) => fact.map((rows) => rows.filter(isInUse).map(({ digest }) => digest)));
        const used = common.uses.map(async (uses) => (await uses).map((all) => (all.get(`${host}/${repository.name}`) ?? []).flatMap((use) => digestOf(use, set) ?? [])));
        const sources = { scanning: common.scanning, running: [inUse, ...used] };
        return Fact.known(await withScans({ context, repository, expected, budget }, content.known, sources));
    }
    async preview(repository, lifecycle) {
        const { context, scope } = this;
        if (!scope.lifecyclePreview)
            return Fact.known(undefined);
        const content = Fact.open(await lifecycle);
        if ('gap' in content)
            return unknown_unknown(content.gap);
        const policy = content.known;
        return policy === undefined
            ? Fact.known(undefined)
            : context.asker.fact(() => previewOf(context, repository, policy));
    }
}
/** Whether the entries of an image are read from ECR. */
function isReadIndex({ isIndex, storageClass }) {
    return isIndex === true && storageClass !== 'archive';
}
/** Whether Inspector reports an image as in use, so that its clusters are read. */
function hasImageInUse(rows) {
    const content = Fact.open(rows);
    return 'known' in content && content.known.some(isInUse);
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/ECRClient.js + 8 modules
var ECRClient = __webpack_require__(75117);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-inspector2/dist-es/Inspector2Client.js + 8 modules
var Inspector2Client = __webpack_require__(31046);
;// CONCATENATED MODULE: ./audit/facts/session.js
/** An audited account: its credentials and the clients for its services. */









/** An account with the credentials for it. */
class Session {
    account;
    factory;
    credentials;
    /** @param credentials default: those of the environment */
    constructor(account, factory, credentials) {
        this.account = account;
        this.factory = factory;
        this.credentials = credentials;
    }
    /** A client for a service, created once for each endpoint. */
    client(service, place, make) {
        const configuration = {
            ...this.factory.configuration(place),
            ...(this.credentials && { credentials: this.credentials }),
        };
        const key = `${this.account} ${(0,clients/* placeKey */.r4)(service, place)}`;
        return this.factory.cached(key, place.region, () => make(configuration));
    }
    ecr(place) {
        return this.client('ecr', place, (configuration) => new ECRClient/* ECRClient */.S(configuration));
    }
    inspector(place) {
        return this.client('inspector2', place, (configuration) => new Inspector2Client/* Inspector2Client */.r(configuration));
    }
}
/**
 * The region that the environment of the credentials names.
 * @throws GateError if it names none
 */
async function defaultRegion() {
    const { STSClient } = await Promise.all(/* import() */[__webpack_require__.e(5908), __webpack_require__.e(8297)]).then(__webpack_require__.bind(__webpack_require__, 68297));
    const client = new STSClient({});
    try {
        return await client.config.region();
    }
    catch (error) {
        throw new errors_0/* GateError */.ue('input', 'The input registry is empty, and no region is set.', {
            nextStep: 'Set the input registry, or run aws-actions/configure-aws-credentials with aws-region before this step.',
            cause: error,
        });
    }
    finally {
        client.destroy();
    }
}
const SESSION_NAME = 'ecr-audit';
/**
 * How long credentials are shared. They are valid for an hour, and the SDK renews them 5 minutes before they expire.
 */
const SHARED_MS = 50 * time/* MINUTE_MS */.kg;
const session_text = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq());
const Identity = dist/* object */.Ikc({ Account: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^\d{12}$/)) });
const Assumed = dist/* object */.Ikc({
    Credentials: dist/* object */.Ikc({
        AccessKeyId: session_text,
        SecretAccessKey: session_text,
        SessionToken: session_text,
        Expiration: dist/* date */.p6U(),
    }),
});
/**
 * The session with the credentials of the environment.
 * @throws GateError if there are no valid credentials
 */
async function callerOf(asker, factory, place) {
    const { GetCallerIdentityCommand, STSClient } = await Promise.all(/* import() */[__webpack_require__.e(5908), __webpack_require__.e(8297)]).then(__webpack_require__.bind(__webpack_require__, 68297));
    const client = factory.cached((0,clients/* placeKey */.r4)('sts', place), place.region, () => new STSClient(factory.configuration(place)));
    try {
        const question = { action: 'sts:GetCallerIdentity', lane: place.region, resource: '*' };
        const account = await asker.call(question, (abortSignal) => client.send(new GetCallerIdentityCommand({}), { abortSignal }), (answer) => (0,checked/* checked */.K)(Identity, answer, 'sts:GetCallerIdentity').Account);
        return new Session(account, factory);
    }
    catch (error) {
        if (!(error instanceof Unanswered))
            throw error;
        if (error.error instanceof errors/* MalformedAnswer */.ol)
            throw new errors_0/* GateError */.ue('aws', `${error.error.message}.`, { cause: error });
        throw error.error;
    }
}
/**
 * The session of a role in another account. The role is assumed immediately, so that a failure is known early, and
 * again when its credentials expire.
 * @throws Unanswered if the role cannot be assumed
 */
async function assume(asker, factory, { account, region, fips, dualStack }, arn) {
    const place = { region, fips, dualStack };
    const { AssumeRoleCommand, STSClient } = await Promise.all(/* import() */[__webpack_require__.e(5908), __webpack_require__.e(8297)]).then(__webpack_require__.bind(__webpack_require__, 68297));
    const client = factory.cached((0,clients/* placeKey */.r4)('sts', place), region, () => new STSClient(factory.configuration(place)));
    const question = { action: 'sts:AssumeRole', lane: region, resource: arn };
    const credentials = () => asker.call(question, (abortSignal) => client.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: SESSION_NAME }), { abortSignal }), credentialsOf);
    let current = { given: credentials(), at: asker.deadline.elapsedMs() };
    await current.given;
    return new Session(account, factory, () => {
        // Every client needs credentials, and new ones before they expire.
        const now = asker.deadline.elapsedMs();
        if (now - current.at > SHARED_MS)
            current = { given: credentials(), at: now };
        return current.given;
    });
}
function credentialsOf(answer) {
    const { Credentials: given } = (0,checked/* checked */.K)(Assumed, answer, 'sts:AssumeRole');
    return {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        sessionToken: given.SessionToken,
        expiration: given.Expiration,
    };
}

;// CONCATENATED MODULE: ./audit/facts/targets.js





/**
 * The registries of a scope, each once, with the credentials of the environment or those of a role. An account whose
 * role cannot be assumed does not affect the others.
 * @throws GateError if a name is invalid, and if there is no role for a registry of another account
 */
function targetsOf(names, role, caller, { asker, factory }) {
    const registries = resolveNames(names, caller.account);
    const roles = new Map(registries
        .filter(({ account }) => account !== caller.account)
        .map((registry) => [registry.account, { registry, arn: roleFor(role, registry, caller) }]));
    const sessions = new Map([
        [caller.account, Promise.resolve(caller)],
        ...[...roles].map(([account, { registry, arn }]) => [account, assume(asker, factory, registry, arn).catch(orUnanswered)]),
    ]);
    return registries.map((registry) => ({
        registry,
        context: (sessions.get(registry.account) ?? Promise.resolve(caller)).then((session) => 'gap' in session ? session : new Context(asker, registry, session)),
    }));
}
/** The endpoint for GetCallerIdentity: as close to the first registry as possible. */
function placeOf([first]) {
    const { fips = false, dualStack = false, region = '' } = (first ?? {});
    return { region, fips, dualStack };
}
/**
 * The named registries, each once.
 * @throws GateError if a name is invalid
 */
function resolveNames(names, account) {
    const found = new Map();
    for (const name of names) {
        const registry = 'host' in name ? name : registryIn(account, name.region);
        const host = (0,reference/* canonicalHost */.rQ)(registry);
        if (!found.has(host))
            found.set(host, registry);
    }
    return [...found.values()];
}
function registryIn(account, region) {
    try {
        return (0,reference/* registryOf */.Fv)(account, region);
    }
    catch (error) {
        if (!(error instanceof reference/* InvalidReference */.ft))
            throw error;
        throw new errors_0/* GateError */.ue('input', `"${region}" is not a region of AWS.`, { cause: error });
    }
}
/**
 * The ARN of the role for a registry of another account.
 * @throws GateError if there is none, or if it belongs to a third account
 */
function roleFor(role, { account, host }, caller) {
    if (role === undefined) {
        throw new errors_0/* GateError */.ue('input', `${host} belongs to account ${account}, and the credentials to account ${caller.account}.`, {
            nextStep: 'Set the input role (for example role: arn:aws:iam::{account}:role/auditor) to a role that this job may assume in that account.',
        });
    }
    const arn = role.replaceAll('{account}', account);
    if (arn.split(':')[4] === account)
        return arn;
    throw new errors_0/* GateError */.ue('input', `The role ${role} does not belong to account ${account}, which owns ${host}.`, {
        nextStep: 'Write {account} in place of the account in the input role.',
    });
}

;// CONCATENATED MODULE: ./audit/facts/ecs-uses.js
/** The OCI names of the architectures of ECS. */
const ARCHITECTURES = new Map([
    ['x86_64', 'amd64'],
    ['arm64', 'arm64'],
]);
/** The task definitions of a service, those of deployments that are under way included. */
function definitionsOf({ taskDefinition, deployments, taskSets }) {
    const all = [
        taskDefinition,
        ...[...(deployments ?? []), ...(taskSets ?? [])].map((one) => one.taskDefinition),
    ];
    return [...new Set(all.filter((arn) => typeof arn === 'string'))];
}
/** The images that services and running tasks use. */
function ecs_uses_usesOf({ clusters, definitions }) {
    return clusters.flatMap(({ name: cluster, services, tasks }) => [
        ...services.flatMap((service) => definitionsOf(service).flatMap((arn) => {
            const definition = definitions.get(arn);
            const images = new Set(definition?.containerDefinitions.map(({ image }) => image));
            return [...images].map((image) => ({
                kind: 'ecs-service',
                by: `ecs:service/${cluster}/${service.serviceName}`,
                cluster,
                image,
                digest: undefined,
                architecture: architectureOf(definition),
            }));
        })),
        ...tasks.flatMap(({ taskArn, taskDefinitionArn, containers, attributes }) => {
            const stated = attributes?.find(({ name }) => name === 'ecs.cpu-architecture')?.value;
            const architecture = ARCHITECTURES.get(stated ?? '') ?? architectureOf(definitions.get(taskDefinitionArn));
            return containers.map(({ image, imageDigest }) => ({
                kind: 'ecs-task',
                by: `ecs:task/${cluster}/${taskArn.slice(taskArn.lastIndexOf('/') + 1)}`,
                cluster,
                image,
                digest: imageDigest ?? undefined,
                architecture,
            }));
        }),
    ]);
}
function architectureOf(definition) {
    return ARCHITECTURES.get(definition?.runtimePlatform?.cpuArchitecture?.toLowerCase() ?? '');
}
/** The roles of task definitions, and the roles that tasks use instead. */
function rolesOf({ registry }, clusters, definitions) {
    const roles = [];
    const add = (role, by) => {
        // A task definition can contain only the name of a role.
        const { partition, account } = registry;
        if (role)
            roles.push({
                role: role.startsWith('arn:') ? role : `arn:${partition}:iam::${account}:role/${role}`,
                by,
            });
    };
    for (const { family, revision, taskRoleArn, executionRoleArn } of definitions) {
        add(taskRoleArn, `ecs:task-definition/${family}:${revision} (task)`);
        add(executionRoleArn, `ecs:task-definition/${family}:${revision} (execution)`);
    }
    for (const { name, tasks } of clusters) {
        for (const { taskArn, overrides } of tasks) {
            const id = taskArn.slice(taskArn.lastIndexOf('/') + 1);
            add(overrides?.taskRoleArn, `ecs:task/${name}/${id} (task)`);
            add(overrides?.executionRoleArn, `ecs:task/${name}/${id} (execution)`);
        }
    }
    return roles;
}

;// CONCATENATED MODULE: ./audit/facts/ecs.js





// The most items of one page or call (ECS service model).
const ecs_PAGE = 100;
const SERVICES_PER_CALL = 10;
const TASKS_PER_CALL = 100;
/**
 * The most families whose newest task definition is read in addition to those in use: an account can have tens of
 * thousands of task definitions that nothing uses.
 */
const MOST_FAMILIES = 500;
const ListOf = (name) => dist/* object */.Ikc({ [name]: name.endsWith('Arns') ? dist/* array */.YOg(arn) : shapes_texts, nextToken: dist/* nullish */.cl6(dist/* string */.YjP()) });
const Failures = dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ arn: optionalText, reason: optionalText })));
const Services = dist/* object */.Ikc({
    services: dist/* array */.YOg(dist/* object */.Ikc({
        serviceArn: arn,
        serviceName: shapes_text,
        taskDefinition: dist/* nullish */.cl6(arn),
        deployments: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ taskDefinition: dist/* nullish */.cl6(arn) }))),
        taskSets: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ taskDefinition: dist/* nullish */.cl6(arn) }))),
    })),
    failures: Failures,
});
const Tasks = dist/* object */.Ikc({
    tasks: dist/* array */.YOg(dist/* object */.Ikc({
        taskArn: arn,
        taskDefinitionArn: arn,
        attributes: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ name: shapes_text, value: dist/* nullish */.cl6(dist/* string */.YjP()) }))),
        containers: dist/* array */.YOg(dist/* object */.Ikc({ name: optionalText, image: shapes_text, imageDigest: dist/* nullish */.cl6(digest) })),
        overrides: dist/* nullish */.cl6(dist/* object */.Ikc({ taskRoleArn: roleOrName, executionRoleArn: roleOrName })),
    })),
    failures: Failures,
});
const Definition = dist/* object */.Ikc({
    taskDefinition: dist/* object */.Ikc({
        taskDefinitionArn: arn,
        family: shapes_text,
        revision: dist/* number */.aig(),
        containerDefinitions: dist/* array */.YOg(dist/* object */.Ikc({ image: shapes_text })),
        taskRoleArn: roleOrName,
        executionRoleArn: roleOrName,
        runtimePlatform: dist/* nullish */.cl6(dist/* object */.Ikc({ cpuArchitecture: optionalText })),
    }),
});
/** Reads the services and tasks of ECS. */
function ecsFacts(context, notice) {
    const { asker } = context;
    const ecs = __webpack_require__.e(/* import() */ 3716).then(__webpack_require__.bind(__webpack_require__, 33716)).then((sdk) => new Ecs(context, sdk));
    const inUse = ecs.then((reader) => reader.inUse());
    return {
        ecs: asker.fact(async () => ecs_uses_usesOf(await inUse)),
        ecsRoles: asker.fact(async () => {
            const [{ clusters, definitions }, families] = await Promise.all([
                inUse,
                ecs.then((one) => one.families()),
            ]);
            const known = new Set([...definitions.values()].map(({ family }) => family));
            const others = families.filter((family) => !known.has(family));
            if (others.length > MOST_FAMILIES)
                notice(tooMany(context, others.length));
            const reader = await ecs;
            const newest = others.slice(0, MOST_FAMILIES).map((family) => reader.definition(family));
            return rolesOf(context, clusters, [...definitions.values(), ...(await Promise.all(newest))]);
        }),
    };
}
function tooMany({ registry: { region, account } }, count) {
    return `ECS in ${region} of ${account} has ${count} families of task definitions that no service and no running task uses. The roles of the first ${MOST_FAMILIES} were read.`;
}
class Ecs {
    context;
    sdk;
    client;
    constructor(context, sdk) {
        this.context = context;
        this.sdk = sdk;
        this.client = context.session.client('ecs', context.registry, (configuration) => new sdk.ECSClient(configuration));
    }
    /** @throws Unanswered */
    async inUse() {
        const arns = await this.names('ecs:ListClusters', 'clusterArns', (nextToken, abortSignal) => this.client.send(new this.sdk.ListClustersCommand({ maxResults: ecs_PAGE, nextToken }), { abortSignal }));
        const clusters = await Promise.all(arns.map(async (cluster) => {
            const [services, tasks] = await Promise.all([this.services(cluster), this.tasks(cluster)]);
            return { name: cluster.slice(cluster.lastIndexOf('/') + 1), services, tasks };
        }));
        const used = new Set(clusters.flatMap(({ services, tasks }) => [
            ...services.flatMap(definitionsOf),
            ...tasks.map(({ taskDefinitionArn }) => taskDefinitionArn),
        ]));
        const definitions = await Promise.all([...used].map(async (arn) => [arn, await this.definition(arn)]));
        return { clusters, definitions: new Map(definitions) };
    }
    /** @throws Unanswered */
    families() {
        return this.names('ecs:ListTaskDefinitionFamilies', 'families', (nextToken, abortSignal) => this.client.send(new this.sdk.ListTaskDefinitionFamiliesCommand({ status: 'ACTIVE', maxResults: ecs_PAGE, nextToken }), { abortSignal }));
    }
    /**
     * @param taskDefinition its ARN, or a family for its newest one
     * @throws Unanswered
     */
    definition(taskDefinition) {
        const action = 'ecs:DescribeTaskDefinition';
        return this.context.asker.call(this.context.question(action, taskDefinition), (abortSignal) => this.client.send(new this.sdk.DescribeTaskDefinitionCommand({ taskDefinition }), { abortSignal }), (answer) => {
            const { taskDefinition: described } = (0,checked/* checked */.K)(Definition, answer, action);
            const said = taskDefinition.startsWith('arn:') ? described.taskDefinitionArn : described.family;
            expectAbout(action, [[said, taskDefinition]]);
            return described;
        });
    }
    async services(cluster) {
        const { asker } = this.context;
        const arns = await this.names('ecs:ListServices', 'serviceArns', (nextToken, abortSignal) => this.client.send(new this.sdk.ListServicesCommand({ cluster, maxResults: ecs_PAGE, nextToken }), {
            abortSignal,
        }));
        const action = 'ecs:DescribeServices';
        const batches = chunks(arns, SERVICES_PER_CALL).map((services) => asker.call(this.context.question(action, cluster), (abortSignal) => this.client.send(new this.sdk.DescribeServicesCommand({ cluster, services }), { abortSignal }), (answer) => {
            const { services: found, failures } = (0,checked/* checked */.K)(Services, answer, action);
            return complete(action, services, found, ({ serviceArn }) => serviceArn, failures);
        }));
        return (await Promise.all(batches)).flat();
    }
    async tasks(cluster) {
        const { asker } = this.context;
        const arns = await this.names('ecs:ListTasks', 'taskArns', (nextToken, abortSignal) => this.client.send(new this.sdk.ListTasksCommand({ cluster, desiredStatus: 'RUNNING', maxResults: ecs_PAGE, nextToken }), { abortSignal }));
        const action = 'ecs:DescribeTasks';
        const batches = chunks(arns, TASKS_PER_CALL).map((tasks) => asker.call(this.context.question(action, cluster), (abortSignal) => this.client.send(new this.sdk.DescribeTasksCommand({ cluster, tasks }), { abortSignal }), (answer) => {
            const { tasks: found, failures } = (0,checked/* checked */.K)(Tasks, answer, action);
            return complete(action, tasks, found, ({ taskArn }) => taskArn, failures);
        }));
        return (await Promise.all(batches)).flat();
    }
    names(action, member, make) {
        return this.context.asker.names(this.context.question(action), make, (answer) => {
            const { [member]: listed, nextToken } = (0,checked/* checked */.K)(ListOf(member), answer, action);
            const names = listed;
            if (member.endsWith('Arns'))
                for (const name of names)
                    this.expectOwn(action, name);
            return page(names, nextToken);
        });
    }
    /** @throws MalformedAnswer if an ARN is of another account or region */
    expectOwn(action, arn) {
        const [, , , region = '', account = ''] = arn.split(':');
        const { registry } = this.context;
        expectAbout(action, [
            [region, registry.region],
            [account, registry.account],
        ]);
    }
}
/**
 * Everything that was requested, each once, except what was deleted after it was listed.
 * @throws MalformedAnswer if something else is missing
 */
function complete(action, asked, found, arnOf, failures) {
    const arns = new Set(found.map(arnOf));
    for (const { arn, reason } of failures ?? []) {
        if (reason !== 'MISSING')
            throw new errors/* MalformedAnswer */.ol(`${action} failed for ${arn}: ${reason}`);
        if (arn)
            arns.add(arn);
    }
    const missing = asked.find((arn) => !arns.has(arn));
    if (missing !== undefined)
        throw new errors/* MalformedAnswer */.ol(`${action} did not return ${missing}`);
    return once(action, found, arnOf);
}

;// CONCATENATED MODULE: ./audit/facts/eks.js



// The most items of one page (EKS service model).
const eks_PAGE = 100;
const nextToken = dist/* nullish */.cl6(dist/* string */.YjP());
const eks_Clusters = dist/* object */.Ikc({ clusters: shapes_texts, nextToken });
const Described = dist/* object */.Ikc({
    cluster: dist/* object */.Ikc({
        name: shapes_text,
        identity: dist/* nullish */.cl6(dist/* object */.Ikc({ oidc: dist/* nullish */.cl6(dist/* object */.Ikc({ issuer: optionalText })) })),
        computeConfig: dist/* nullish */.cl6(dist/* object */.Ikc({ nodeRoleArn: dist/* nullish */.cl6(roleArn) })),
    }),
});
const Nodegroups = dist/* object */.Ikc({ nodegroups: shapes_texts, nextToken });
const Nodegroup = dist/* object */.Ikc({ nodegroup: dist/* object */.Ikc({ nodegroupName: shapes_text, nodeRole: roleArn }) });
const Profiles = dist/* object */.Ikc({ fargateProfileNames: shapes_texts, nextToken });
const Profile = dist/* object */.Ikc({
    fargateProfile: dist/* object */.Ikc({ fargateProfileName: shapes_text, podExecutionRoleArn: roleArn }),
});
const Associations = dist/* object */.Ikc({ associations: dist/* array */.YOg(dist/* object */.Ikc({ associationId: shapes_text })), nextToken });
const Association = dist/* object */.Ikc({
    association: dist/* object */.Ikc({
        associationId: shapes_text,
        namespace: shapes_text,
        serviceAccount: shapes_text,
        roleArn: roleArn,
        targetRoleArn: dist/* nullish */.cl6(roleArn),
    }),
});
/** Reads the clusters and their roles. */
function eksFacts(context) {
    const { asker } = context;
    const eks = __webpack_require__.e(/* import() */ 9670).then(__webpack_require__.bind(__webpack_require__, 69670)).then((sdk) => new Eks(context, sdk));
    const clusters = eks.then((reader) => reader.clusters());
    return {
        eksClusters: asker.fact(async () => (await clusters).map(({ name, issuer }) => ({ name, issuer }))),
        eksRoles: asker.fact(async () => {
            const [reader, all] = await Promise.all([eks, clusters]);
            return (await Promise.all(all.map((cluster) => reader.roles(cluster)))).flat();
        }),
    };
}
/** Each member throws Unanswered. */
class Eks {
    context;
    sdk;
    client;
    constructor(context, sdk) {
        this.context = context;
        this.sdk = sdk;
        this.client = context.session.client('eks', context.registry, (configuration) => new sdk.EKSClient(configuration));
    }
    async clusters() {
        const action = 'eks:ListClusters';
        const names = await this.context.asker.names(this.context.question(action), (nextToken, abortSignal) => this.client.send(new this.sdk.ListClustersCommand({ maxResults: eks_PAGE, nextToken }), { abortSignal }), (answer) => {
            const { clusters, nextToken } = (0,checked/* checked */.K)(eks_Clusters, answer, action);
            return page(clusters, nextToken);
        });
        return Promise.all(names.map((name) => this.cluster(name)));
    }
    cluster(name) {
        return this.one('eks:DescribeCluster', name, (abortSignal) => this.client.send(new this.sdk.DescribeClusterCommand({ name }), { abortSignal }), (answer, action) => {
            const { cluster } = (0,checked/* checked */.K)(Described, answer, action);
            expectAbout(action, [[cluster.name, name]]);
            return {
                name,
                issuer: cluster.identity?.oidc?.issuer?.replace(/^https:\/\//, ''),
                autoModeRole: cluster.computeConfig?.nodeRoleArn ?? undefined,
            };
        });
    }
    async roles({ name, autoModeRole }) {
        const [nodes, fargate, pods] = await Promise.all([
            this.nodegroups(name),
            this.fargateProfiles(name),
            this.podIdentities(name),
        ]);
        const auto = autoModeRole === undefined ? [] : [{ role: autoModeRole, by: `eks:cluster/${name} (nodes)` }];
        return [...auto, ...nodes, ...fargate, ...pods];
    }
    async nodegroups(clusterName) {
        const list = 'eks:ListNodegroups';
        const names = await this.context.asker.names(this.context.question(list, clusterName), (nextToken, abortSignal) => this.client.send(new this.sdk.ListNodegroupsCommand({ clusterName, maxResults: eks_PAGE, nextToken }), {
            abortSignal,
        }), (answer) => {
            const { nodegroups, nextToken } = (0,checked/* checked */.K)(Nodegroups, answer, list);
            return page(nodegroups, nextToken);
        });
        const reads = names.map((nodegroupName) => this.one('eks:DescribeNodegroup', nodegroupName, (abortSignal) => this.client.send(new this.sdk.DescribeNodegroupCommand({ clusterName, nodegroupName }), {
            abortSignal,
        }), (answer, action) => {
            const { nodegroup } = (0,checked/* checked */.K)(Nodegroup, answer, action);
            expectAbout(action, [[nodegroup.nodegroupName, nodegroupName]]);
            return { role: nodegroup.nodeRole, by: `eks:nodegroup/${clusterName}/${nodegroupName} (nodes)` };
        }));
        return Promise.all(reads);
    }
    async fargateProfiles(clusterName) {
        const list = 'eks:ListFargateProfiles';
        const names = await this.context.asker.names(this.context.question(list, clusterName), (nextToken, abortSignal) => this.client.send(new this.sdk.ListFargateProfilesCommand({ clusterName, maxResults: eks_PAGE, nextToken }), { abortSignal }), (answer) => {
            const { fargateProfileNames, nextToken } = (0,checked/* checked */.K)(Profiles, answer, list);
            return page(fargateProfileNames, nextToken);
        });
        const reads = names.map((fargateProfileName) => this.one('eks:DescribeFargateProfile', fargateProfileName, (abortSignal) => this.client.send(new this.sdk.DescribeFargateProfileCommand({ clusterName, fargateProfileName }), {
            abortSignal,
        }), (answer, action) => {
            const { fargateProfile: profile } = (0,checked/* checked */.K)(Profile, answer, action);
            expectAbout(action, [[profile.fargateProfileName, fargateProfileName]]);
            return {
                role: profile.podExecutionRoleArn,
                by: `eks:fargateprofile/${clusterName}/${fargateProfileName} (pod execution)`,
            };
        }));
        return Promise.all(reads);
    }
    async podIdentities(clusterName) {
        const list = 'eks:ListPodIdentityAssociations';
        const ids = await this.context.asker.names(this.context.question(list, clusterName), (nextToken, abortSignal) => this.client.send(new this.sdk.ListPodIdentityAssociationsCommand({ clusterName, maxResults: eks_PAGE, nextToken }), { abortSignal }), (answer) => {
            const { associations, nextToken } = (0,checked/* checked */.K)(Associations, answer, list);
            return page(associations.map(({ associationId }) => associationId), nextToken);
        });
        const reads = ids.map((associationId) => this.one('eks:DescribePodIdentityAssociation', associationId, (abortSignal) => this.client.send(new this.sdk.DescribePodIdentityAssociationCommand({ clusterName, associationId }), { abortSignal }), (answer, action) => {
            const { association } = (0,checked/* checked */.K)(Association, answer, action);
            expectAbout(action, [[association.associationId, associationId]]);
            const { namespace, serviceAccount, roleArn, targetRoleArn } = association;
            const by = `eks:pod/${clusterName}/${namespace}/${serviceAccount}`;
            const target = targetRoleArn ? [{ role: targetRoleArn, by: `${by} (target role)` }] : [];
            return [{ role: roleArn, by }, ...target];
        }));
        return (await Promise.all(reads)).flat();
    }
    one(action, resource, make, read) {
        return this.context.asker.call(this.context.question(action, resource), make, (answer) => read(answer, action));
    }
}

;// CONCATENATED MODULE: ./audit/facts/lambda.js






// The most items of one page (Lambda service model); Lambda returns at most 50 functions, whatever the request says.
const FUNCTIONS_PAGE = 50;
const ALIASES_PAGE = 100;
const VERSIONS_PAGE = 50;
/** The most published versions whose images are read. Each takes a call. */
const MOST_VERSIONS = 1_000;
const LATEST = '$LATEST';
const Functions = dist/* object */.Ikc({
    Functions: dist/* array */.YOg(dist/* object */.Ikc({
        FunctionName: shapes_text,
        FunctionArn: arn,
        Role: roleArn,
        // Functions that are older than images have none.
        PackageType: dist/* nullish */.cl6(dist/* picklist */.KIO(['Image', 'Zip'])),
    })),
    NextMarker: dist/* nullish */.cl6(dist/* string */.YjP()),
});
const Aliases = dist/* object */.Ikc({
    Aliases: dist/* array */.YOg(dist/* object */.Ikc({
        FunctionVersion: shapes_text,
        RoutingConfig: dist/* nullish */.cl6(dist/* object */.Ikc({ AdditionalVersionWeights: dist/* nullish */.cl6(dist/* record */.g1P(shapes_text, dist/* number */.aig())) })),
    })),
    NextMarker: dist/* nullish */.cl6(dist/* string */.YjP()),
});
const Versions = dist/* object */.Ikc({
    Versions: dist/* array */.YOg(dist/* object */.Ikc({ FunctionName: shapes_text, Version: shapes_text })),
    NextMarker: dist/* nullish */.cl6(dist/* string */.YjP()),
});
/** Lambda runs only images in ECR (Lambda, Create a Lambda function using a container image). */
const lambda_reference = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* check */.z6Y(isReference));
const lambda_Described = dist/* object */.Ikc({
    Configuration: dist/* object */.Ikc({ FunctionName: shapes_text, Version: optionalText, Architectures: dist/* nullish */.cl6(shapes_texts) }),
    Code: dist/* object */.Ikc({ ImageUri: lambda_reference, ResolvedImageUri: optionalText }),
});
const lambda_ARCHITECTURES = new Map([
    ['x86_64', 'amd64'],
    ['arm64', 'arm64'],
]);
function isReference(image) {
    try {
        return (0,reference/* parseReference */.F2)(image) !== undefined;
    }
    catch (error) {
        if (error instanceof reference/* InvalidReference */.ft)
            return false;
        throw error;
    }
}
/**
 * The digest that a function runs, as Lambda resolved it; undefined if Lambda does not report it.
 * @throws MalformedAnswer if the text is not an image reference, and `ImageUri` has no digest either
 */
function resolvedDigest(action, { ImageUri, ResolvedImageUri: resolved }) {
    if (!resolved)
        return undefined;
    if (isReference(resolved))
        return (0,reference/* parseReference */.F2)(resolved).digest;
    if ((0,reference/* parseReference */.F2)(ImageUri).digest !== undefined)
        return undefined;
    throw new errors/* MalformedAnswer */.ol(`${action} resolved ${ImageUri} to ${resolved}, which is not an image reference`);
}
/** Reads the functions. */
function lambdaFacts(context, notice) {
    const { asker } = context;
    const lambda = Promise.all(/* import() */[__webpack_require__.e(7097), __webpack_require__.e(2302)]).then(__webpack_require__.bind(__webpack_require__, 32302)).then((sdk) => new Lambda(context, sdk));
    const functions = lambda.then((reader) => reader.functions());
    const named = functions.then((all) => all.filter(({ PackageType }) => PackageType === 'Image').map(({ FunctionName }) => FunctionName));
    return {
        lambda: asker.fact(async () => {
            const [reader, names] = await Promise.all([lambda, named]);
            return (await Promise.all(names.map((name) => reader.uses(name)))).flat();
        }),
        lambdaVersions: asker.fact(async () => {
            const [reader, names] = await Promise.all([lambda, named]);
            return reader.otherVersions(names, notice);
        }),
        lambdaRoles: asker.fact(async () => (await functions).map(({ FunctionName, Role }) => ({
            role: Role,
            by: `lambda:function/${FunctionName}`,
        }))),
    };
}
/** Each member throws Unanswered. */
class Lambda {
    context;
    sdk;
    client;
    aliases = new Map();
    constructor(context, sdk) {
        this.context = context;
        this.sdk = sdk;
        this.client = context.session.client('lambda', context.registry, (configuration) => new sdk.LambdaClient(configuration));
    }
    async functions() {
        const action = 'lambda:ListFunctions';
        const rows = await this.context.asker.list(this.context.question(action), (Marker, abortSignal) => this.client.send(new this.sdk.ListFunctionsCommand({ MaxItems: FUNCTIONS_PAGE, Marker }), {
            abortSignal,
        }), (answer) => {
            const { Functions: found, NextMarker } = (0,checked/* checked */.K)(Functions, answer, action);
            return page(found, NextMarker);
        });
        return [...byKey(action, rows, ({ FunctionArn }) => FunctionArn).values()];
    }
    /** The images of the unpublished version and of the versions that aliases refer to. */
    async uses(FunctionName) {
        const versions = new Set([LATEST, ...(await this.aliasedVersions(FunctionName))]);
        return Promise.all([...versions].map((version) => this.use(FunctionName, version)));
    }
    /** The images of all other published versions. Each can be invoked by its number as long as it exists. */
    async otherVersions(names, notice) {
        const listed = await Promise.all(names.map(async (name) => {
            const [versions, aliased] = await Promise.all([this.versions(name), this.aliasedVersions(name)]);
            const told = new Set([LATEST, ...aliased]);
            return versions.filter((version) => !told.has(version)).map((version) => ({ name, version }));
        }));
        const all = listed.flat();
        if (all.length > MOST_VERSIONS) {
            const { host } = this.context;
            const reason = `the Lambda functions in the account and region of ${host} have ${all.length} published versions that no alias refers to, and an audit reads the images of at most ${MOST_VERSIONS}`;
            notice(`Images of Lambda functions are unknown: ${reason}. Delete the versions that nothing invokes.`);
            throw new Unanswered({ reason, missing: [] }, new Error(reason));
        }
        return Promise.all(all.map(({ name, version }) => this.use(name, version)));
    }
    async versions(FunctionName) {
        const action = 'lambda:ListVersionsByFunction';
        const versions = await this.context.asker.list(this.context.question(action, FunctionName), (Marker, abortSignal) => this.client.send(new this.sdk.ListVersionsByFunctionCommand({ FunctionName, MaxItems: VERSIONS_PAGE, Marker }), { abortSignal }), (answer) => {
            const { Versions: found, NextMarker } = (0,checked/* checked */.K)(Versions, answer, action);
            for (const one of found)
                expectAbout(action, [[one.FunctionName, FunctionName]]);
            return page(found, NextMarker);
        });
        const found = [...byKey(action, versions, ({ Version }) => Version).keys()];
        // Each function has this version, so a list without it is incomplete.
        if (found.includes(LATEST))
            return found;
        throw new errors/* MalformedAnswer */.ol(`${action} did not list the version ${LATEST} of ${FunctionName}`);
    }
    aliasedVersions(FunctionName) {
        const before = this.aliases.get(FunctionName);
        if (before !== undefined)
            return before;
        const read = this.readAliases(FunctionName);
        this.aliases.set(FunctionName, read);
        return read;
    }
    async readAliases(FunctionName) {
        const action = 'lambda:ListAliases';
        const aliases = await this.context.asker.list(this.context.question(action, FunctionName), (Marker, abortSignal) => this.client.send(new this.sdk.ListAliasesCommand({ FunctionName, MaxItems: ALIASES_PAGE, Marker }), {
            abortSignal,
        }), (answer) => {
            const { Aliases: found, NextMarker } = (0,checked/* checked */.K)(Aliases, answer, action);
            return page(found, NextMarker);
        });
        return aliases.flatMap(({ FunctionVersion, RoutingConfig }) => [
            FunctionVersion,
            ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}),
        ]);
    }
    use(FunctionName, version) {
        const action = 'lambda:GetFunction';
        const qualified = version === LATEST ? FunctionName : `${FunctionName}:${version}`;
        const command = new this.sdk.GetFunctionCommand({
            FunctionName,
            ...(version !== LATEST && { Qualifier: version }),
        });
        return this.context.asker.call(this.context.question(action, qualified), (abortSignal) => this.client.send(command, { abortSignal }), (answer) => {
            const { Configuration, Code } = (0,checked/* checked */.K)(lambda_Described, answer, action);
            expectAbout(action, [
                [Configuration.FunctionName, FunctionName],
                [Configuration.Version, version],
            ]);
            const architectures = Configuration.Architectures ?? [];
            return {
                kind: 'lambda',
                by: `lambda:function/${qualified}`,
                cluster: undefined,
                image: Code.ImageUri,
                digest: resolvedDigest(action, Code),
                architecture: architectures.length === 1 ? lambda_ARCHITECTURES.get(architectures[0] ?? '') : undefined,
            };
        });
    }
}

;// CONCATENATED MODULE: ./audit/facts/workloads.js
/** The workloads in the account and region of a registry. */





/** Reads the workloads and their roles. */
function workloads_workloadsOf(context, notice) {
    return { ...ecsFacts(context, notice), ...eksFacts(context), ...lambdaFacts(context, notice) };
}
/** The uses of images, separately for each source. */
function workloads_usesOf(workloads) {
    return USES.map(async (source) => {
        const parts = await workloads;
        return (await parts[source]).map(usesByRepository);
    });
}

;// CONCATENATED MODULE: ./audit/facts/collect.js
/**
 * Reads all facts of the audit from AWS. What cannot be read is unknown, with the reason and the IAM action. A run ends
 * with an error only if nothing can be audited.
 */























const NO_ACCESS = { reason: 'the input access is false', missing: [] };
/**
 * Reads all facts about the registries of a scope. When the timeout ends, everything that was not read is unknown.
 * @throws GateError if nothing can be audited: no credentials, no region, no role for another account, no registry
 *   whose repositories can be listed, no time of AWS; and where the job was cancelled
 */
async function collectFacts(scope, ports) {
    const { deadline } = ports;
    const isCancelled = () => deadline.signal.aborted && !deadline.expired;
    const factory = (0,clients/* clientFactory */.Ar)(deadline, ports);
    try {
        const facts = await new Collector(scope, ports, factory).collect();
        if (isCancelled())
            throw (0,errors/* interrupted */.VM)(deadline, 'the audit');
        return facts;
    }
    catch (error) {
        throw isCancelled() ? (0,errors/* interrupted */.VM)(deadline, 'the audit', error) : error;
    }
    finally {
        factory.destroy();
    }
}
class Collector {
    scope;
    factory;
    asker;
    progress;
    notices = [];
    constructor(scope, { deadline, log }, factory) {
        this.scope = scope;
        this.factory = factory;
        this.asker = new Asker(deadline);
        this.progress = new Progress(log);
    }
    async collect() {
        const { scope, asker, factory } = this;
        const names = scope.registries.length > 0 ? scope.registries : [{ region: await defaultRegion() }];
        const caller = await callerOf(asker, factory, placeOf(names));
        const targets = targetsOf(names, scope.role, caller, { asker, factory });
        const readings = targets.map((target) => ({ ...target, workloads: this.workloads(target) }));
        const uses = new Map(readings.map((reading) => [reading, workloads_usesOf(reading.workloads)]));
        const parts = this.accounts(targets);
        const tagsMatter = any(parts.map(async (account) => scope.access && policiesMayMentionTags(await (await account).principals, scope.levels)));
        const [reads, accounts, managementAccount] = await Promise.all([
            Promise.all(readings.map((reading) => {
                const others = readings.filter((one) => one !== reading);
                // The workloads in the account of the registry are read first: another account may not respond.
                const ordered = [reading, ...others].flatMap((one) => uses.get(one) ?? []);
                return this.registry(reading, ordered, tagsMatter);
            })),
            Promise.all(parts.map(async (account) => together_together(await account))),
            this.managementAccount(targets, caller),
        ]);
        const failures = reads.flatMap(({ failure }) => failure ?? []);
        if (failures.length === reads.length)
            throw fatal(failures);
        if (failures.length === 0)
            this.noteUnmatched(reads);
        return {
            now: this.now(targets),
            registries: reads.map(({ facts }) => facts),
            accounts,
            levels: scope.levels,
            managementAccount,
            notices: this.notices,
        };
    }
    notice = (text) => {
        this.notices.push(text);
    };
    async workloads({ context }) {
        if (!this.scope.access)
            return settled(unknownWorkloads(NO_ACCESS));
        const given = await context;
        return given instanceof Context ? workloads_workloadsOf(given, this.notice) : settled(unknownWorkloads(given.gap));
    }
    async registry(reading, uses, tagsMatter) {
        const context = await reading.context;
        if (!(context instanceof Context)) {
            return { facts: unknownRegistry(reading.registry, context.gap), failure: context };
        }
        const settings = registrySettings(context, this.scope.validateCache);
        const inspector = inspectorSettings(context);
        const listed = await describeRepositories(context).catch(orUnanswered);
        const isListed = !(listed instanceof Unanswered);
        const selected = isListed ? listed.filter(({ name }) => (0,policy_globs/* matchesAny */._I)(this.scope.repositories, name)) : [];
        this.progress.expect(selected.length);
        const reader = new RepositoryReader(context, this.scope, {
            scanning: settings.scanning,
            frequencies: scanFrequencies(context, selected),
            coverage: coverageOf(context, selected, inspector.inspectorStatus),
            tagsMatter: any([settings.policy.then(factMayMentionTags), tagsMatter]),
            uses,
            done: () => this.progress.advance(),
        });
        const [repositories, settingFacts, inspectorFacts, workloads] = await Promise.all([
            Promise.all(selected.map((repository) => reader.read(repository))),
            together_together(settings),
            together_together(inspector),
            reading.workloads.then((parts) => together_together(parts)),
        ]);
        for (const text of reader.notices)
            this.notice(text);
        return {
            facts: {
                ...identityOf(reading.registry),
                ...settingFacts,
                ...inspectorFacts,
                repositories: isListed ? Fact.known(repositories) : unknown_unknown(listed.gap),
                repositoryNames: isListed ? Fact.known(listed.map(({ name }) => name)) : unknown_unknown(listed.gap),
                workloads,
            },
            failure: isListed ? undefined : listed,
        };
    }
    /** What a glob with a typing error does not select would be missing from the audit without a word. */
    noteUnmatched(reads) {
        const names = reads.flatMap(({ facts }) => {
            const content = Fact.open(facts.repositoryNames);
            return 'gap' in content ? [] : content.known;
        });
        if (names.length === 0)
            return;
        const unmatched = this.scope.repositories.filter((glob) => !names.some((name) => (0,policy_globs/* matchesGlob */.kt)(glob, name)));
        if (unmatched.length === 0)
            return;
        this.notice(`The input repositories has globs that match no repository of the audited registries: ${list(unmatched)}. Check them.`);
    }
    accounts(targets) {
        const first = new Map(targets.toReversed().map((target) => [target.registry.account, target]));
        return [...first.values()].toReversed().map(async ({ registry, context }) => {
            if (!this.scope.access)
                return settled(unknownAccount(registry, NO_ACCESS));
            const given = await context;
            return given instanceof Context ? accountFacts(given) : settled(unknownAccount(registry, given.gap));
        });
    }
    async managementAccount(targets, caller) {
        if (!this.scope.access)
            return Fact.unknown(NO_ACCESS.reason);
        const own = targets.find(({ registry }) => registry.account === caller.account) ?? targets[0];
        if (own === undefined)
            return Fact.unknown('there is no registry');
        // The call is about the caller's own account, whatever the registry.
        const context = new Context(this.asker, own.registry, caller);
        return this.asker.fact(() => managementAccountOf(context));
    }
    /** @throws GateError if AWS's time is unknown, because ages and expiry dates then cannot be checked */
    now(targets) {
        for (const { registry } of targets) {
            const time = this.factory.serviceTime(registry.region);
            if (time !== undefined)
                return time;
        }
        throw new errors_0/* GateError */.ue('not-proven', 'AWS responses had no Date header, or Date headers that contradict each other, so ages and expiry dates cannot be checked.', {
            nextStep: 'Check whether a proxy between the runner and AWS removes or changes the header, then run the step again.',
        });
    }
}
function identityOf(registry) {
    const { account, region, partition } = registry;
    return { host: (0,reference/* canonicalHost */.rQ)(registry), account, region, partition };
}
/** Why nothing can be audited. */
function fatal(failures) {
    const [first] = failures;
    if (first === undefined)
        return new errors_0/* GateError */.ue('input', 'There is no registry to audit.');
    const { error } = first;
    return error instanceof errors_0/* GateError */.ue
        ? error
        : new errors_0/* GateError */.ue('aws', `No registry could be audited: ${error.message}.`, { cause: error });
}

;// CONCATENATED MODULE: ./audit/who-can.js
/** Questions of the input `who-can`, such as `push team/app` or `pull **`. */


const who_can_ABILITIES = ['pull', 'push', 'retag', 'delete', 'administer'];
/**
 * Reads a question.
 * @throws GateError `input` if it has another form
 */
function parseQuestion(text) {
    const [ability, repositories, ...more] = text.trim().split(/\s+/);
    const found = who_can_ABILITIES.find((one) => one === ability);
    if (found !== undefined && repositories !== undefined && more.length === 0) {
        return { ability: found, repositories };
    }
    throw new errors_0/* GateError */.ue('input', `"${text.trim()}" is not a valid question for who-can.`, {
        nextStep: `Write an ability (${who_can_ABILITIES.join(', ')}) and a glob over repository names, for example push team/app.`,
    });
}
const who_can_CERTAINTY = ['allowed', 'conditional', 'unknown'];
/** Answers a question from the access map of an audit. */
function whoCan({ ability, repositories: glob }, { registries, access, accessIncomplete }) {
    const repositories = registries.flatMap(({ partition, region, account, repositories: names }) => names
        .filter((name) => (0,policy_globs/* matchesGlob */.kt)(glob, name))
        .map((name) => `arn:${partition}:ecr:${region}:${account}:repository/${name}`));
    const asked = new Map(repositories.map((arn, at) => [arn, at]));
    const rows = access.flatMap((entry) => {
        const verdict = entry[ability];
        if (verdict === undefined || verdict === 'denied' || !asked.has(entry.repository))
            return [];
        const { repository, principal, kind, conditions, unknown, because } = entry;
        return [{ repository, principal, kind, verdict, conditions, unknown, because }];
    });
    const place = ({ repository }) => asked.get(repository) ?? 0;
    return {
        question: `${ability} ${glob}`,
        repositories,
        rows: rows.toSorted((a, b) => place(a) - place(b) ||
            who_can_CERTAINTY.indexOf(a.verdict) - who_can_CERTAINTY.indexOf(b.verdict) ||
            (a.principal < b.principal ? -1 : 1)),
        incomplete: accessIncomplete,
    };
}

// EXTERNAL MODULE: ./github/client.js
var client = __webpack_require__(36102);
// EXTERNAL MODULE: ./github/issue-subject.js
var issue_subject = __webpack_require__(59903);
;// CONCATENATED MODULE: ./audit/facts/scope.js

/**
 * A registry as given in the input `registry`: any form of its host name, or a region.
 * @throws InvalidReference
 */
function parseRegistryName(text) {
    if (text.includes('.'))
        return (0,reference/* parseRegistry */.l5)(text);
    try {
        return { region: (0,reference/* registryOf */.Fv)('000000000000', text).region };
    }
    catch (error) {
        if (!(error instanceof reference/* InvalidReference */.ft))
            throw error;
        throw new reference/* InvalidReference */.ft('it is neither the host of a registry (ACCOUNT.dkr.ecr.REGION.amazonaws.com) nor a region (eu-central-1)');
    }
}

// EXTERNAL MODULE: ./inputs/issue.js
var inputs_issue = __webpack_require__(44924);
// EXTERNAL MODULE: ./inputs/read.js
var inputs_read = __webpack_require__(903);
;// CONCATENATED MODULE: ./inputs/audit.js
/** The inputs of the audit action as one value. */








const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const ROLE = 'arn:aws:iam::{account}:role/auditor';
const ROLE_FORM = /^arn:aws[a-z-]*:iam::(\{account\}|\d{12}):role\/[\w+=,.@/-]{1,576}$/;
/** The most questions. Each is answered from the whole map. */
const MAX_QUESTIONS = 100;
/** @throws GateError `input` with the name of the input, its value and an example */
function readAuditInputs(get) {
    const text = (0,inputs_read/* trimmed */.dE)(get);
    const timeoutMs = (0,inputs_read/* duration */.p0)('timeout', text('timeout') || '30m');
    if (timeoutMs === 0)
        throw (0,inputs_read/* invalid */.Gq)('timeout', text('timeout'), 'a duration longer than zero', '30m');
    const access = (0,inputs_read/* boolean */.zM)('access', text('access') || 'true', true);
    const organizationPolicies = (0,inputs_read/* lines */.Mn)(text('organization-policies'));
    const questions = questionsOf(text);
    if (!access)
        refuseWithoutAccess({ 'organization-policies': organizationPolicies, 'who-can': questions });
    const githubToken = text('github-token') || undefined;
    const issue = (0,inputs_issue/* issueMode */.J)(text, githubToken);
    return {
        registries: (0,inputs_read/* lines */.Mn)(text('registry')).map((one) => (0,inputs_read/* parsed */.Yz)('registry', one, parseRegistryName, REGISTRY)),
        role: roleOf(text('role')),
        repositories: (0,inputs_read/* lines */.Mn)(text('repositories') || '**').map(repositoryGlob),
        policy: text('policy') || undefined,
        failOn: (0,inputs_read/* oneOf */.yL)('fail-on', text('fail-on') || 'high', [...SEVERITIES, 'none']),
        access,
        organizationPolicies,
        validateCache: (0,inputs_read/* boolean */.zM)('validate-cache', text('validate-cache') || 'false', true),
        lifecyclePreview: (0,inputs_read/* boolean */.zM)('lifecycle-preview', text('lifecycle-preview') || 'false', true),
        baseline: text('baseline') || undefined,
        questions,
        issue,
        githubToken,
        enforce: (0,inputs_read/* boolean */.zM)('enforce', text('enforce') || 'true', true),
        timeoutMs,
        reportDirectory: text('report-directory') || undefined,
    };
}
function questionsOf(text) {
    const asked = (0,inputs_read/* lines */.Mn)(text('who-can'));
    if (asked.length > MAX_QUESTIONS) {
        throw (0,inputs_read/* invalid */.Gq)('who-can', `${asked.length} questions`, `at most ${MAX_QUESTIONS} questions`, 'push team/app');
    }
    return asked.map((one) => {
        const question = (0,inputs_read/* parsed */.Yz)('who-can', one, parseQuestion, 'push team/app');
        return { ...question, repositories: audit_glob('who-can', question.repositories, one) };
    });
}
/** Refuses inputs that would have no effect, because the workflow relies on them. */
function refuseWithoutAccess(given) {
    for (const [name, values] of Object.entries(given)) {
        if (values.length === 0)
            continue;
        throw new errors_0/* GateError */.ue('input', `Input ${name}: it has no effect with access: false.`, {
            nextStep: `Set access: true, or remove ${name}.`,
        });
    }
}
function roleOf(role) {
    if (role === '')
        return undefined;
    if (!ROLE_FORM.test(role))
        throw (0,inputs_read/* invalid */.Gq)('role', role, 'the ARN of a role', ROLE);
    return role;
}
function repositoryGlob(text) {
    return audit_glob('repositories', text, text);
}
function audit_glob(name, text, got) {
    const { success, output, issues } = dist/* safeParse */.xLC(fields/* globText */.E1, text);
    if (success)
        return output;
    const example = name === 'repositories' ? 'team/*' : 'push team/*';
    throw (0,inputs_read/* invalid */.Gq)(name, got, (issues[0]?.message ?? 'expected a glob').replace(/^expected /, ''), example);
}

// EXTERNAL MODULE: ./report/kit/earlier.js
var earlier = __webpack_require__(67647);
;// CONCATENATED MODULE: ./report/audit/earlier.js
/** The report of an earlier audit, read again as a baseline. */



/** Only the members that are compared, so that reports of other versions of the action can be read. */
const Earlier = dist/* object */.Ikc({
    schemaVersion: dist/* literal */.euz(1, 'schemaVersion is not 1'),
    mode: dist/* literal */.euz('audit', 'mode is not audit'),
    // A report that ended with an error may have no results. Every failure is then new.
    verdict: dist/* picklist */.KIO(['pass', 'warn', 'block', 'error']),
    results: dist/* array */.YOg(dist/* object */.Ikc({
        check: dist/* string */.YjP(),
        resource: dist/* string */.YjP(),
        status: dist/* picklist */.KIO(['pass', 'fail', 'unknown', 'ignored']),
        severity: dist/* picklist */.KIO(SEVERITIES),
        items: dist/* array */.YOg(dist/* string */.YjP()),
    }), 'results is not a list'),
});
/**
 * Reads the results of an earlier `report.json`.
 * @throws Error saying what is wrong with it
 */
function readEarlierReport(bytes) {
    return (0,earlier/* parseEarlier */.C)(bytes, Earlier).results;
}

// EXTERNAL MODULE: ./results/modes/envelope.js
var envelope = __webpack_require__(75795);
// EXTERNAL MODULE: ./report/kit/escape.js
var kit_escape = __webpack_require__(95964);
// EXTERNAL MODULE: ./report/kit/words.js
var kit_words = __webpack_require__(4310);
;// CONCATENATED MODULE: ./report/audit/failures.js


/** Whether a failure makes the audit block. */
function blocks({ status, severity, couldBe, new: isNew }, { settings, expectations }) {
    if (status !== 'fail' || settings === undefined)
        return false;
    if (isNew !== false && isAtLeast(severity, settings.failOn))
        return true;
    return expectations.unknown === 'block' && couldBe !== undefined && isAtLeast(couldBe, settings.failOn);
}
/** Every check with failed results: those that block first, then the worst. */
function failureGroups(run) {
    const failed = (run.audit?.results ?? []).filter(({ status }) => status === 'fail');
    const texts = new Map(run.checks.map((text) => [text.id, text]));
    const place = new Map(run.checks.map(({ id }, at) => [id, at]));
    const rank = (result) => (blocks(result, run) ? 0 : 8) +
        ['critical', 'high', 'medium', 'low'].indexOf(result.severity) * 2 +
        (result.new === true ? 0 : 1);
    return [...Map.groupBy(failed, ({ check }) => check)]
        .map(([check, group]) => {
        const results = group.toSorted((a, b) => rank(a) - rank(b) || (0,text_0/* compareTexts */.qy)(a.resource, b.resource));
        const severity = results.map((result) => result.severity).sort(bySeverity)[0] ?? 'low';
        const isBlocking = results.some((result) => blocks(result, run));
        return { check, text: texts.get(check), severity, isBlocking, results };
    })
        .sort((a, b) => Number(b.isBlocking) - Number(a.isBlocking) ||
        bySeverity(a.severity, b.severity) ||
        (place.get(a.check) ?? place.size) - (place.get(b.check) ?? place.size));
}

;// CONCATENATED MODULE: ./report/audit/words.js

const REPOSITORY_ARN = /^arn:[^:]*:ecr:([^:]*):([^:]*):repository\/(.+)$/s;
const words_IAM_ARN = /^arn:[^:]*:(?:iam|sts)::(\d{12}):(.+)$/s;
/** The name of a resource if the registry is clear. */
class Names {
    several;
    accounts;
    audited;
    constructor({ audit, expectations }) {
        const registries = audit?.registries ?? [];
        this.several = registries.length > 1;
        this.accounts = expectations.accounts;
        this.audited = new Set(registries.map(({ account }) => account));
    }
    /** The name of a repository or another resource, with its account and region if several registries are audited. */
    resource(resource) {
        const [, region, account, name] = REPOSITORY_ARN.exec(resource) ?? [];
        if (name !== undefined)
            return this.several ? `${name} (${this.account(account ?? '')}, ${region})` : name;
        const [, owner, principal] = words_IAM_ARN.exec(resource) ?? [];
        if (principal === undefined)
            return resource;
        return this.several ? `${principal} (${this.account(owner ?? '')})` : principal;
    }
    /** The name of a principal, with its account if that is not the only audited account. */
    principal(arn, kind) {
        if (kind === 'anyone')
            return 'everyone';
        const [, account, name] = words_IAM_ARN.exec(arn) ?? [];
        if (name === undefined || account === undefined)
            return arn;
        if (kind === 'account')
            return `account ${this.account(account)}`;
        if (kind === 'root')
            return `the root user of ${this.account(account)}`;
        return this.audited.size === 1 && this.audited.has(account) ? name : `${name} (${this.account(account)})`;
    }
    /** The name of an account, with its id. */
    account(id) {
        const called = this.accounts.get(id);
        return called === undefined ? id : `${called} ${id}`;
    }
}
/** `2 critical, 5 high and 1 low`; empty if there are none. */
function severityWords(counts) {
    const present = ['critical', 'high', 'medium', 'low'].filter((one) => counts[one] > 0);
    return (0,kit_words/* enumerate */.HL)(present.map((severity) => `${counts[severity]} ${severity}`));
}
/** `12 repositories`, `1 registry`. */
function many(count, one) {
    return count !== 1 && /[^aeiou]y$/.test(one) ? `${count} ${one.slice(0, -1)}ies` : (0,kit_words/* plural */.LS)(count, one);
}
/** The first sentences of a text, up to a number of characters; the whole first sentence if it is longer. */
function beginning(text, max) {
    if (text.length <= max)
        return text;
    let end = 0;
    for (const { index } of text.matchAll(/[.!?] /g)) {
        if (end > 0 && index + 1 > max)
            break;
        end = index + 1;
    }
    return end === 0 ? text : text.slice(0, end);
}

;// CONCATENATED MODULE: ./report/audit/annotations.js





/** GitHub shows no more than ten of a level for a step. */
const MAX_SHOWN = 9;
const MAX_TITLE = 200;
const MAX_MESSAGE = 2_000;
/** The error first, then one annotation for each check that blocks. Safe to print as they are. */
function annotations(run) {
    const { error, verdict, enforced } = run;
    // If a block is not enforced, the step succeeds, and errors would contradict that.
    const level = verdict === 'block' && !enforced ? 'warning' : 'error';
    const names = new Names(run);
    const blocking = failureGroups(run).filter(({ isBlocking }) => isBlocking);
    const rest = blocking.length - MAX_SHOWN;
    return [
        ...(error === undefined
            ? []
            : [
                {
                    level: 'error',
                    title: 'ECR audit',
                    message: annotations_text(error.nextStep === undefined ? error.message : (0,text_0/* sentences */.hC)(error.message, error.nextStep), MAX_MESSAGE),
                },
            ]),
        ...blocking.slice(0, MAX_SHOWN).map(({ check, severity, results }) => {
            const [first, ...others] = results;
            const elsewhere = others.length === 0 ? '' : ` The same applies to ${many(others.length, 'more resource')}.`;
            return {
                level,
                title: annotations_text(`${check} (${severity}): ${names.resource(first?.resource ?? '')}`, MAX_TITLE),
                message: annotations_text(`${beginning(first?.message ?? '', 600)}${elsewhere}`, MAX_MESSAGE),
            };
        }),
        ...(rest > 0
            ? [
                {
                    level,
                    title: (0,kit_words/* plural */.LS)(rest, 'more failed check'),
                    message: `${(0,kit_words/* plural */.LS)(rest, 'more failed check')} ${rest === 1 ? 'blocks' : 'block'}: see the job summary.`,
                },
            ]
            : []),
    ];
}
function annotations_text(value, max) {
    return (0,kit_escape/* line */.n8)((0,text_0/* clip */.$Q)(value, max));
}

// EXTERNAL MODULE: ./report/kit/json-text.js
var json_text = __webpack_require__(55365);
;// CONCATENATED MODULE: ./report/audit/access.js


const access_ABILITIES = ['pull', 'push', 'retag', 'delete', 'administer'];
/** Which abilities each check of access evaluates. */
const JUDGED = {
    'access/push': ['push', 'retag'],
    'access/pull': ['pull'],
    'access/external-pull': ['pull'],
    'access/administer': ['delete', 'administer'],
};
/** Which principals have unexpected abilities on which resources, by the failed checks of access. */
class Unexpected {
    items = new Map();
    constructor({ results }) {
        for (const { check, status, resource, items } of results) {
            const abilities = JUDGED[check];
            if (abilities === undefined || status !== 'fail')
                continue;
            const about = this.items.get(resource) ?? new Map();
            this.items.set(resource, about);
            for (const item of items) {
                about.set(item, new Set([...(about.get(item) ?? []), ...abilities]));
            }
        }
    }
    /**
     * The abilities of a row that are not denied and that a check reported as unexpected for the principal or its
     * account.
     */
    of(entry) {
        const about = this.items.get(entry.repository);
        if (about === undefined)
            return [];
        const account = entry.principal.split(':')[4];
        const found = [about.get(entry.principal), account === undefined ? undefined : about.get(account)];
        return access_ABILITIES.filter((ability) => isPossible(entry[ability]) && found.some((abilities) => abilities?.has(ability)));
    }
}
function isPossible(verdict) {
    return verdict !== undefined && verdict !== 'denied';
}
/** Groups of repositories on which all principals have the same access; those with unexpected access first. */
function accessGroups(audit) {
    const unexpected = new Unexpected(audit);
    const byResource = Map.groupBy(audit.access, ({ repository }) => repository);
    const groups = new Map();
    for (const [resource, entries] of byResource) {
        const rows = entries
            .map((entry) => ({ entry, unexpected: unexpected.of(entry) }))
            .sort((a, b) => b.unexpected.length - a.unexpected.length || (0,text_0/* compareTexts */.qy)(a.entry.principal, b.entry.principal));
        const isRegistry = !resource.startsWith('arn:');
        const key = `${isRegistry} ${rows.map(access_keyOf).join('\n')}`;
        const group = groups.get(key);
        if (group === undefined)
            groups.set(key, { resources: [resource], rows });
        else
            group.resources.push(resource);
    }
    const count = (group) => group.rows.filter((row) => row.unexpected.length > 0).length;
    return [...groups.values()].sort((a, b) => count(b) - count(a) || b.resources.length - a.resources.length);
}
function access_keyOf({ entry, unexpected }) {
    const { principal, because } = entry;
    return [
        principal,
        ...access_ABILITIES.map((ability) => entry[ability] ?? ''),
        unexpected.join(),
        ...because.map(({ source, policy, sid }) => `${source} ${policy} ${sid}`),
    ].join('\t');
}
/** A statement in words: `statement Push of the repository policy`. */
function statementWords({ source, policy, sid }) {
    const statement = `statement ${sid}`;
    switch (source) {
        case 'repository':
        case 'registry':
            return `${statement} of the ${source} policy`;
        case 'boundary':
            return `${statement} of the permissions boundary ${policyName(policy)}`;
        case 'scp':
            return `${statement} of the service control policy ${policy}`;
        case 'rcp':
            return `${statement} of the resource control policy ${policy}`;
        case 'trust':
            return `${statement} of the trust policy`;
        case 'identity':
            return `${statement} of the ${isOfAws(policy) ? 'AWS managed policy' : 'policy'} ${policyName(policy)}`;
    }
}
function isOfAws(policy) {
    return /^arn:[^:]*:iam::aws:policy\//.test(policy);
}
/** The name of a managed policy in place of its ARN. */
function policyName(policy) {
    return policy.replace(/^arn:[^:]*:iam::(?:aws|\d{12}):policy\//, '');
}
/** `allowed by statement Push of the repository policy` */
function becauseWords(because) {
    return `${because.effect === 'Allow' ? 'allowed' : 'denied'} by ${statementWords(because)}`;
}
/** The conditions of an answer, and what is unknown about it. */
function ifWords({ conditions, unknown, }) {
    return [...conditions, ...unknown.map((reason) => `unknown: ${reason}`)];
}
/** Rows that differ only in the principal. */
function alike(rows) {
    const key = (row) => JSON.stringify([access_keyOf(row).slice(row.entry.principal.length), ifWords(row.entry)]);
    return [...Map.groupBy(rows, key).values()];
}
/** How to remove unexpected abilities: one sentence for each statement that grants one. Boundaries grant nothing. */
function smallestChanges({ entry, unexpected }, principal) {
    if (unexpected.length === 0)
        return [];
    return entry.because
        .filter(({ effect, source }) => effect === 'Allow' && GRANTING.has(source))
        .map((grant) => changeOf(grant, principal, (0,kit_words/* enumerate */.HL)(unexpected)));
}
const GRANTING = new Set(['identity', 'repository', 'registry']);
function changeOf(grant, principal, what) {
    if (grant.source !== 'identity') {
        return `Change ${statementWords(grant)} so that it does not apply to ${principal}.`;
    }
    return isOfAws(grant.policy)
        ? `Detach the AWS managed policy ${policyName(grant.policy)} from ${principal}, and attach a policy that does not allow ${what}.`
        : `Remove the actions for ${what} from ${statementWords(grant)}, or limit its Resource to other repositories.`;
}

;// CONCATENATED MODULE: ./report/audit/csv.js



/**
 * What a spreadsheet reads as the beginning of a formula, after any spaces. Source: OWASP, "CSV Injection". East Asian
 * editions of Excel also accept the fullwidth forms.
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/;
/** A cell: one line, always in quotation marks, never a formula. */
function cell(text) {
    const shown = (0,kit_escape/* line */.n8)(text);
    return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`;
}
function* rows(head, lines) {
    yield `${head.map(cell).join()}\r\n`;
    for (const cells of lines)
        yield `${cells.map(cell).join()}\r\n`;
}
const RESULTS = [
    'check',
    'status',
    'severity',
    'new',
    'registry',
    'resource',
    'message',
    'fix',
    'missing',
    'ignored because',
    'reference',
];
/** All results, one per line. */
function resultsCsv({ results }) {
    return { [Symbol.iterator]: () => rows(RESULTS, (0,json_text/* oneByOne */.E)(results, resultCells)) };
}
function resultCells(result) {
    const { check, status, severity, registry, resource, message, fix, missing, ignored, reference } = result;
    return [
        check,
        status,
        severity,
        result.new === undefined ? '' : `${result.new}`,
        registry ?? '',
        resource,
        message,
        fix?.command ?? '',
        missing.join(' '),
        ignored?.reason ?? '',
        reference,
    ];
}
const ACCESS = [
    'repository',
    'principal',
    'kind',
    ...access_ABILITIES,
    'unexpected',
    'administer actions',
    'docker login',
    'conditions',
    'unknown',
    'because',
];
/** The access map, one row per line. */
function accessCsv(audit) {
    const unexpected = new Unexpected(audit);
    const cells = (entry) => accessCells(entry, unexpected);
    return { [Symbol.iterator]: () => rows(ACCESS, (0,json_text/* oneByOne */.E)(audit.access, cells)) };
}
function accessCells(entry, unexpected) {
    const { repository, principal, kind, administerActions, token, conditions, unknown, because } = entry;
    return [
        repository,
        principal,
        kind,
        ...access_ABILITIES.map((ability) => entry[ability] ?? ''),
        unexpected.of(entry).join(' '),
        administerActions.join(' '),
        token ?? '',
        conditions.join('; '),
        unknown.join('; '),
        because.map(becauseWords).join('; '),
    ];
}

;// CONCATENATED MODULE: ./report/audit/graph.js




const MAX_LABEL = 80;
/** If more workloads run with a principal, or more identities can assume it, they are one node. */
const MAX_LEADING = 4;
/**
 * The graph of an access map: who can assume a principal, which workloads run with it, and what it can do with groups
 * of repositories. Principals with the same access are one node. The root users of the audited accounts and
 * service-linked roles are left out, because they can do everything that no policy denies.
 */
function graphOf(audit, names, groups = accessGroups(audit)) {
    const nodes = new Map();
    const edges = [];
    const node = (kind, key, label) => {
        const name = `${kind} ${key}`;
        const found = nodes.get(name) ?? { id: `n${nodes.size + 1}`, kind, label: (0,text_0/* clip */.$Q)(label, MAX_LABEL) };
        nodes.set(name, found);
        return found.id;
    };
    const entries = new Map(audit.principals.map((entry) => [entry.arn, entry]));
    for (const members of graph_alike(reachesOf(groups, names), groups)) {
        const [first] = members;
        if (first === undefined)
            continue;
        const left = members.length - 1;
        const label = left === 0 ? first.name : `${first.name} and ${left} more`;
        const from = node('principal', first.principal, label);
        for (const { group, label: can, isUnexpected } of first.edges) {
            const to = node('resources', group.resources[0] ?? '', groupName(group, names));
            edges.push({ from, to, label: can, isUnexpected });
        }
        const known = members.flatMap(({ principal }) => entries.get(principal) ?? []);
        const lead = (kind, label, texts) => {
            for (const text of fewOf(texts, kind === 'source' ? 'trusted identity' : 'workload')) {
                // A text that stands for several has a node for each principal.
                const key = texts.includes(text) ? text : `${text} of ${first.principal}`;
                edges.push({ from: node(kind, key, text), to: from, label, isUnexpected: false });
            }
        };
        lead('source', 'assumes', [...new Set(known.flatMap(({ assumedBy }) => assumedBy))]);
        lead('workload', 'runs with', [...new Set(known.flatMap(({ usedBy }) => usedBy))]);
    }
    return { nodes: [...nodes.values()], edges };
}
function reachesOf(groups, names) {
    const found = new Map();
    for (const group of groups) {
        for (const { entry, unexpected } of group.rows) {
            const { principal, kind } = entry;
            if (kind === 'root' || /:role\/aws-service-role\//.test(principal))
                continue;
            const label = abilityWords(entry);
            if (label === '')
                continue;
            const reach = found.get(principal) ?? { principal, name: names.principal(principal, kind), edges: [] };
            reach.edges.push({ group, label, isUnexpected: unexpected.length > 0 });
            found.set(principal, reach);
        }
    }
    return [...found.values()];
}
/** Principals with the same edges. */
function graph_alike(reaches, groups) {
    const place = new Map(groups.map((group, at) => [group, at]));
    const key = ({ edges }) => edges.map(({ group, label, isUnexpected }) => `${place.get(group)} ${label} ${isUnexpected}`).join('\n');
    return [...Map.groupBy(reaches, key).values()];
}
/** The texts, or their number if there are many. */
function fewOf(texts, one) {
    return texts.length > MAX_LEADING ? [many(texts.length, one)] : texts;
}
/** `team/app and 2 more repositories`. */
function groupName({ resources }, names) {
    const [first = '', ...others] = resources.map((resource) => names.resource(resource));
    return others.length === 0 ? first : `${first} and ${many(others.length, 'more repository')}`;
}
const WORDS = [
    ['pull', 'pull'],
    ['push', 'push'],
    ['retag', 'retag'],
    ['delete', 'delete'],
    ['administer', 'administer'],
];
/** What a row allows: `pull, push?`. A question mark stands for conditional or unknown. */
function abilityWords(entry) {
    return WORDS.flatMap(([ability, word]) => {
        const verdict = entry[ability];
        if (verdict === undefined || verdict === 'denied')
            return [];
        // A principal that can push can also retag. It is shown only if retagging is certain and pushing is not, or the reverse.
        const isCertain = verdict === 'allowed';
        if (ability === 'retag' && entry.push !== 'denied' && isCertain === (entry.push === 'allowed'))
            return [];
        return [isCertain ? word : `${word}?`];
    }).join(', ');
}
/** Text without a meaning for Mermaid, in a quoted label. */
function mermaidText(text) {
    return text.replace(/[^A-Za-z0-9 _./:@*,()?+=-]/gu, '_');
}
const SHAPES = {
    source: ['([', '])'],
    workload: ['[[', ']]'],
    principal: ['[', ']'],
    resources: ['[(', ')]'],
};
/** The graph as a flowchart of Mermaid. */
function mermaid({ nodes, edges }) {
    const unexpected = edges.flatMap(({ isUnexpected }, index) => (isUnexpected ? [index] : []));
    return [
        'flowchart LR',
        ...nodes.map(({ id, kind, label }) => {
            const [open, close] = SHAPES[kind];
            return `  ${id}${open}"${mermaidText(label)}"${close}`;
        }),
        ...edges.map(({ from, to, label }) => `  ${from} -->|"${mermaidText(label)}"| ${to}`),
        ...(unexpected.length === 0 ? [] : [`  linkStyle ${unexpected.join()} stroke:#d1242f,stroke-width:2px`]),
    ].join('\n');
}
const DOT_SHAPES = {
    source: 'ellipse',
    workload: 'component',
    principal: 'box',
    resources: 'cylinder',
};
/**
 * Text for a quoted id of DOT, in which only quotation marks and backslashes have a meaning. If the file is printed in
 * a log, the text is not a workflow command.
 */
function dotText(text) {
    return (0,kit_escape/* line */.n8)(text).replace(/["\\]/g, '_');
}
/** The graph in the language of Graphviz, line by line. */
function* dot({ nodes, edges }) {
    yield 'digraph access {\n  rankdir=LR;\n  node [fontname="sans-serif", fontsize=11];\n';
    yield '  edge [fontname="sans-serif", fontsize=9];\n';
    for (const { id, kind, label } of nodes) {
        yield `  ${id} [shape=${DOT_SHAPES[kind]}, label="${dotText(label)}"];\n`;
    }
    for (const { from, to, label, isUnexpected } of edges) {
        const color = isUnexpected ? ', color="#d1242f", fontcolor="#d1242f", penwidth=2' : '';
        yield `  ${from} -> ${to} [label="${dotText(label)}"${color}];\n`;
    }
    yield '}\n';
}

// EXTERNAL MODULE: ./report/kit/blocks.js
var kit_blocks = __webpack_require__(81477);
;// CONCATENATED MODULE: ./report/audit/page.js



const page_MAX_MESSAGE = 2_000;
const MAX_SHORT = 300;
const MAX_LINES = 4;
const MAX_LINE = 200;
const MAX_DOCUMENT = 12_000;
class Page {
    names;
    limits;
    documents = new Map();
    constructor(names, limits) {
        this.names = names;
        this.limits = limits;
    }
    /**
     * The place where a document for a resource is already shown; undefined if it is not shown yet, and then it is
     * recorded as shown. One document often fixes the problems of several checks.
     */
    shownUnder(resource, document, heading) {
        const key = JSON.stringify([resource, document]);
        const before = this.documents.get(key);
        if (before === undefined)
            this.documents.set(key, heading);
        return before;
    }
}
function mark(severity) {
    return `${kit_blocks/* SEVERITY_MARKS */.ru[severity] ?? ''}&nbsp;${severity}`;
}
const VERDICT_MARKS = {
    allowed: '●',
    conditional: '◐',
    unknown: '❔',
    denied: '–',
};
/** The first of several sentences, one on each line. */
function page_some(texts) {
    return [
        ...texts.slice(0, MAX_LINES).map((text) => (0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(text, MAX_LINE))),
        ...(texts.length > MAX_LINES ? [`and ${texts.length - MAX_LINES} more`] : []),
    ].join('<br>');
}
/** A command to be copied. */
function commandBlock(command) {
    return `<pre>${(0,kit_escape/* html */.qy)(command)}</pre>`;
}
/** A document to be copied. Its line breaks come from the serializer; line breaks in texts are escaped. */
function documentBlock(document) {
    const text = JSON.stringify(document, undefined, 2);
    return text.length > MAX_DOCUMENT
        ? '<p>The document is in <code>report.json</code>.</p>'
        : `<pre>${text.split('\n').map(kit_escape/* html */.qy).join('\n')}</pre>`;
}

;// CONCATENATED MODULE: ./report/audit/failures-section.js
/** The failed checks in the summary, each with why it matters and how to fix it. */





const MAX_WORST = 3;
/** The worst problems, one per check. */
function failures_section_worst(groups, names) {
    if (groups.length === 0)
        return [];
    const shown = groups.slice(0, MAX_WORST).flatMap(({ severity, check, results }) => {
        const [first, ...others] = results;
        if (first === undefined)
            return [];
        const elsewhere = others.length === 0 ? '' : `, and ${many(others.length, 'more resource')}`;
        return [
            `${mark(severity)} ${(0,kit_blocks/* code */.aY)(check, 80)} ${(0,kit_blocks/* code */.aY)(names.resource(first.resource))}${elsewhere}<br>${(0,kit_blocks/* prose */.CS)(beginning(first.message, MAX_SHORT))}`,
        ];
    });
    const title = groups.length > MAX_WORST ? 'The worst problems' : 'The problems';
    return [`<h3>${title}</h3>`, (0,kit_blocks/* bullets */.e5)(shown)];
}
function failures(groups, page) {
    if (groups.length === 0)
        return [];
    return [
        '<h3>What is wrong, why it matters and how to fix it</h3>',
        ...groups.map((group, at) => failure(group, page, at === 0)),
    ];
}
function failure(group, page, isOpen) {
    const { check, text, severity, isBlocking, results } = group;
    const { names, limits } = page;
    const fresh = results.filter((result) => result.new === true).length;
    const title = [
        `${isBlocking ? kit_words/* MARKS */.j7.block : kit_words/* MARKS */.j7.warn} ${mark(severity)} ${(0,kit_blocks/* code */.aY)(check, 80)}`,
        many(results.length, 'resource'),
        ...(fresh > 0 ? [`🆕 ${fresh}`] : []),
    ].join(' · ');
    const shown = results.slice(0, limits.resources);
    const isMixed = results.some((result) => result.severity !== severity);
    const rows = shown.map((result) => [
        ...(isMixed ? [mark(result.severity)] : []),
        `${(0,kit_blocks/* code */.aY)(names.resource(result.resource))}${result.new === true ? ' 🆕' : ''}`,
        (0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(result.message, page_MAX_MESSAGE)),
    ]);
    const content = [
        ...(text === undefined ? [] : [`<p>${(0,kit_blocks/* prose */.CS)(text.why)} ${(0,kit_blocks/* link */.nf)(text.reference, 'Documentation')}</p>`]),
        (0,kit_blocks/* table */.tp)([...(isMixed ? [''] : []), 'Resource', 'What is wrong, and what to do'], rows),
        ...(0,kit_blocks/* more */.OS)(results.length - shown.length),
        ...fixes(group, page),
    ];
    return (0,kit_blocks/* details */.zH)(title, content, isOpen);
}
function fixes({ check, results }, page) {
    const { names, limits } = page;
    const fixable = results.flatMap(({ resource, fix }) => (fix === undefined ? [] : [{ resource, fix }]));
    if (fixable.length === 0 || limits.fixes === 0)
        return [];
    const shown = fixable.slice(0, limits.fixes);
    const blocks = shown.flatMap(({ resource, fix: { command, document } }) => {
        const name = (0,kit_blocks/* code */.aY)(names.resource(resource));
        if (document === undefined)
            return [`<p>${name}</p>`, commandBlock(command)];
        const before = page.shownUnder(resource, document, check);
        if (before !== undefined)
            return [`<p>${name}: the same document as under ${(0,kit_blocks/* code */.aY)(before, 80)}.</p>`];
        return [`<p>${name}</p>`, commandBlock(command), documentBlock(document)];
    });
    return [(0,kit_blocks/* details */.zH)('🔧 How to fix it', [...blocks, ...(0,kit_blocks/* more */.OS)(fixable.length - shown.length)])];
}

;// CONCATENATED MODULE: ./report/audit/access-section.js






/** A graph with more nodes is not drawn in the summary. */
const MAX_NODES = 40;
const MAX_REASONS = 10;
const MAX_ALIKE = 10;
const LEGEND = '<p>● allowed · ◐ under conditions · ❔ unknown · – denied · ⚠️ not expected by the audit policy</p>';
function access(audit, page) {
    const { access: rows, accessIncomplete } = audit;
    if (rows.length === 0 && accessIncomplete.length === 0)
        return [];
    const groups = accessGroups(audit);
    const shown = groups.slice(0, page.limits.groups);
    const proposals = new Map(audit.proposals.map((proposal) => [proposal.repository, proposal]));
    return [
        '<h3>Who has access</h3>',
        ...(accessIncomplete.length === 0
            ? []
            : [
                '<p>❔ This map is not complete.</p>',
                (0,kit_blocks/* bullets */.e5)(accessIncomplete.slice(0, MAX_REASONS).map((text) => (0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(text, MAX_SHORT)))),
            ]),
        ...(rows.length === 0 ? [] : [LEGEND]),
        ...shown.map((group, at) => accessGroup(group, proposals, page, at === 0)),
        ...(groups.length > shown.length
            ? [
                `<p>${many(groups.length - shown.length, 'more group')} of repositories in <code>access.csv</code>.</p>`,
            ]
            : []),
        ...graph(audit, groups, page),
    ];
}
/** A fenced block, which GitHub draws, with blank lines around it. */
function graph(audit, groups, { names, limits }) {
    if (!limits.graph)
        return [];
    const drawn = graphOf(audit, names, groups);
    if (drawn.nodes.length === 0 || drawn.nodes.length > MAX_NODES)
        return [];
    return [
        '<details>\n<summary>🕸️ The same as a graph</summary>',
        `\`\`\`mermaid\n${mermaid(drawn)}\n\`\`\``,
        '</details>',
    ];
}
function accessGroup(group, proposals, page, isFirst) {
    const { resources, rows } = group;
    const { names, limits } = page;
    const strange = rows.filter(({ unexpected }) => unexpected.length > 0);
    const others = rows.filter(({ unexpected }) => unexpected.length === 0);
    const name = (0,kit_blocks/* code */.aY)(groupName(group, names));
    const title = strange.length === 0
        ? `${name}: ${many(rows.length, 'principal')}`
        : `⚠️ ${name}: ${many(strange.length, 'unexpected principal')}`;
    const proposal = resources.map((resource) => proposals.get(resource)).find((one) => one !== undefined);
    const isProposed = proposal !== undefined && (strange.length > 0 || 'withheld' in proposal);
    const tableOf = (list, make = accessTable) => [
        make(list.slice(0, limits.rows), page),
        ...(0,kit_blocks/* more */.OS)(list.length - limits.rows),
    ];
    const content = [
        ...(resources.length > 1 ? [members(resources, page)] : []),
        ...(strange.length > 0 ? tableOf(strange, unexpectedTable) : []),
        ...(others.length === 0
            ? []
            : strange.length === 0
                ? tableOf(others)
                : [(0,kit_blocks/* details */.zH)(many(others.length, 'other principal'), tableOf(others))]),
        ...(isProposed ? proposed(proposal, page) : []),
    ];
    return (0,kit_blocks/* details */.zH)(title, content, isFirst && strange.length > 0);
}
function members(resources, { names, limits }) {
    const shown = resources.slice(0, limits.resources).map((resource) => (0,kit_blocks/* code */.aY)(names.resource(resource)));
    const left = resources.length - shown.length;
    return `<p>${shown.join(' ')}${left > 0 ? ` and ${left} more` : ''}</p>`;
}
/** A table of principals. Principals with the same access share a row. */
function accessTable(rows, { names }) {
    const hasIf = rows.some(({ entry }) => ifWords(entry).length > 0);
    return (0,kit_blocks/* table */.tp)(['Principal', ...access_ABILITIES, ...(hasIf ? ['If'] : []), 'Because'], alike(rows).map(([row, ...others]) => {
        if (row === undefined)
            return [];
        const { entry } = row;
        return [
            access_section_principals([row, ...others], names),
            ...access_ABILITIES.map((ability) => {
                const verdict = entry[ability];
                return verdict === undefined ? '' : VERDICT_MARKS[verdict];
            }),
            ...(hasIf ? [page_some(ifWords(entry))] : []),
            page_some(entry.because.map(becauseWords)),
        ];
    }));
}
/**
 * The same for principals with unexpected abilities. Their abilities share one column, so that there is space for what
 * to do.
 */
function unexpectedTable(rows, { names }) {
    const hasIf = rows.some(({ entry }) => ifWords(entry).length > 0);
    return (0,kit_blocks/* table */.tp)(['Principal', 'Can', ...(hasIf ? ['If'] : []), 'Smallest change'], alike(rows).map(([row, ...others]) => {
        if (row === undefined)
            return [];
        const { entry, unexpected } = row;
        const can = access_ABILITIES.flatMap((ability) => {
            const verdict = entry[ability];
            if (verdict === undefined || verdict === 'denied')
                return [];
            return [`${VERDICT_MARKS[verdict]}&nbsp;${ability}${unexpected.includes(ability) ? '&nbsp;⚠️' : ''}`];
        });
        const whom = others.length === 0 ? names.principal(entry.principal, entry.kind) : 'them';
        return [
            access_section_principals([row, ...others], names),
            can.join('<br>'),
            ...(hasIf ? [page_some(ifWords(entry))] : []),
            page_some(smallestChanges(row, whom)),
        ];
    }));
}
function access_section_principals(rows, names) {
    const shown = rows
        .slice(0, MAX_ALIKE)
        .map(({ entry }) => (0,kit_blocks/* code */.aY)(names.principal(entry.principal, entry.kind)));
    const left = rows.length - shown.length;
    return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('<br>');
}
function proposed(proposal, page) {
    const { repository } = proposal;
    const name = (0,kit_blocks/* code */.aY)(page.names.resource(repository));
    if ('withheld' in proposal) {
        return [
            (0,kit_blocks/* details */.zH)(`📜 No policy is proposed for ${name}`, [
                (0,kit_blocks/* bullets */.e5)(proposal.withheld.slice(0, MAX_REASONS).map((text) => (0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(text, MAX_SHORT)))),
            ]),
        ];
    }
    const before = page.shownUnder(repository, proposal.document, 'the access map');
    if (before !== undefined) {
        return [`<p>📜 A policy for ${name} that enforces the expectations is under ${(0,kit_blocks/* code */.aY)(before, 80)}.</p>`];
    }
    return [
        (0,kit_blocks/* details */.zH)(`📜 A policy for ${name} that enforces the expectations`, [
            '<p>This audit has evaluated it: expected principals keep the access that they need, all others lose it, and an administrator can still change the policy.</p>',
            documentBlock(proposal.document),
        ]),
    ];
}
/** Roles that workloads run with, and principals with dangerous permissions: the most dangerous first. */
function roles({ principals }, { names, limits }) {
    const shown = principals
        .filter(({ usedBy, permissions }) => usedBy.length > 0 || permissions.dangers.length > 0)
        .toSorted((a, b) => b.permissions.dangers.length - a.permissions.dangers.length);
    if (shown.length === 0)
        return [];
    const rows = shown
        .slice(0, limits.rows)
        .map(({ arn, usedBy, assumedBy, permissions: { dangers, summary, unknown } }) => [
        (0,kit_blocks/* code */.aY)(names.principal(arn)),
        page_some(usedBy),
        page_some(assumedBy),
        page_some(dangers),
        page_some([...summary, ...unknown.map((reason) => `unknown: ${reason}`)]),
    ]);
    return [
        (0,kit_blocks/* details */.zH)(`👤 ${many(shown.length, 'principal')} that run workloads or have dangerous permissions`, [
            (0,kit_blocks/* table */.tp)(['Principal', 'Used by', 'Assumed by', 'Dangers', 'May'], rows),
            ...(0,kit_blocks/* more */.OS)(shown.length - rows.length),
        ]),
    ];
}
/** The answer to a question of the input `who-can`. */
function answerBlocks(answer, { names, limits }) {
    const { question, repositories, rows, incomplete } = answer;
    const shown = rows.slice(0, limits.rows);
    const none = repositories.length === 0
        ? '<p>No audited repository matches.</p>'
        : `<p>${incomplete.length > 0 ? 'No known principal' : 'No principal'}.</p>`;
    const found = (0,kit_blocks/* table */.tp)(['Repository', 'Principal', '', 'If', 'Because'], shown.map((row) => [
        (0,kit_blocks/* code */.aY)(names.resource(row.repository)),
        (0,kit_blocks/* code */.aY)(names.principal(row.principal, row.kind)),
        `${VERDICT_MARKS[row.verdict]}&nbsp;${row.verdict}`,
        page_some(ifWords(row)),
        page_some(row.because.map(becauseWords)),
    ]));
    return [
        `<h3>Who can ${(0,kit_blocks/* code */.aY)(question)}</h3>`,
        ...(incomplete.length === 0
            ? []
            : [
                `<p>❔ This answer is not complete. ${(0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(incomplete.slice(0, MAX_REASONS).join(' '), page_MAX_MESSAGE))}</p>`,
            ]),
        ...(rows.length === 0 ? [none] : [found, ...(0,kit_blocks/* more */.OS)(rows.length - shown.length)]),
    ];
}

;// CONCATENATED MODULE: ./report/audit/headline.js
/** The verdict of an audit in one line, without its mark. */



/** `Blocked: 2 critical and 5 high problems and 3 unknown results in 12 repositories`. */
function headline({ verdict, error, audit }) {
    if (verdict === 'error' || audit === undefined) {
        return `No verdict: ${error?.message ?? 'nothing was audited'}`;
    }
    const { counts, registries, results } = audit;
    const repositories = registries.reduce((sum, { repositories: names }) => sum + names.length, 0);
    const failed = SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
    const newOnes = results.filter((result) => result.status === 'fail' && result.new === true).length;
    const isCompared = results.some((result) => result.new !== undefined);
    const parts = [
        ...(failed > 0
            ? [
                `${severityWords(counts)} ${failed === 1 ? 'problem' : 'problems'}${isCompared ? ` (${newOnes} new)` : ''}`,
            ]
            : []),
        ...(counts.unknown > 0
            ? [`${counts.unknown} unknown ${counts.unknown === 1 ? 'result' : 'results'}`]
            : []),
    ];
    const where = `in ${many(repositories, 'repository')}`;
    if (verdict === 'pass')
        return `Passed: ${(0,kit_words/* plural */.LS)(counts.passed, 'check')} ${where}, no problem`;
    return `${verdict === 'block' ? 'Blocked' : 'Passed with warnings'}: ${(0,kit_words/* enumerate */.HL)(parts)} ${where}`;
}

;// CONCATENATED MODULE: ./report/audit/matrix.js
/** Repositories and families of checks, as a table of marks. */


const matrix_ORDER = ['critical', 'high', 'medium', 'low', 'unknown', 'ignored', 'pass', undefined];
/** A table of all registries and a table of all repositories. Neither contains results about roles and users. */
function matricesOf({ audit }) {
    const rows = new Map();
    const hosts = new Set(audit?.registries.map(({ host }) => host));
    for (const registry of audit?.registries ?? []) {
        const { host, account, region, partition, repositories } = registry;
        rows.set(host, new Map());
        for (const name of repositories) {
            rows.set(`arn:${partition}:ecr:${region}:${account}:repository/${name}`, new Map());
        }
    }
    for (const result of audit?.results ?? []) {
        const row = rows.get(result.resource) ?? rows.get(result.registry ?? '');
        const family = FAMILIES.find((one) => result.check.startsWith(`${one}/`));
        if (row === undefined || family === undefined)
            continue;
        row.set(family, matrix_worse(row.get(family), cellOf(result)));
    }
    const all = [...rows].map(([resource, cells]) => ({ resource, cells }));
    return {
        registries: matrixOf(all.filter(({ resource }) => hosts.has(resource))),
        repositories: matrixOf(all.filter(({ resource }) => !hosts.has(resource))),
    };
}
function matrixOf(rows) {
    const badness = new Map(rows.map((row) => [row, matrix_keyOf(row)]));
    return {
        families: FAMILIES.filter((family) => rows.some(({ cells }) => cells.has(family))),
        rows: rows.toSorted((a, b) => (0,text_0/* compareTexts */.qy)(badness.get(a) ?? '', badness.get(b) ?? '') || (0,text_0/* compareTexts */.qy)(a.resource, b.resource)),
    };
}
function cellOf({ status, severity }) {
    return status === 'fail' ? severity : status;
}
function matrix_worse(a, b) {
    return matrix_ORDER.indexOf(a) <= matrix_ORDER.indexOf(b) ? a : b;
}
/** Sorts rows by their worst cell, then by the next worst. The mark at the end sorts after all cells. */
function matrix_keyOf({ cells }) {
    const ranks = [...cells.values()].map((cell) => matrix_ORDER.indexOf(cell)).sort();
    return `${ranks.join('')}~`;
}

;// CONCATENATED MODULE: ./report/audit/unknown.js



/** Unknown results: those that could be the worst first. */
function undecided({ results }) {
    const unknown = results.filter(({ status }) => status === 'unknown');
    const groups = [...Map.groupBy(unknown, ({ check, message }) => `${check}\n${message}`).values()].flatMap((group) => {
        const [first] = group;
        if (first === undefined)
            return [];
        const { check, message } = first;
        const severity = group.map((result) => result.severity).sort(bySeverity)[0] ?? first.severity;
        const missing = [...new Set(group.flatMap((result) => result.missing))].sort(text_0/* compareTexts */.qy);
        return [{ check, severity, message, missing, resources: group.map(({ resource }) => resource) }];
    });
    return { groups: groups.sort((a, b) => bySeverity(a.severity, b.severity)), total: unknown.length };
}
/**
 * How many results are unknown, and which permissions some of them lack; undefined if none is unknown.
 * @param named the names of the permissions in the form of the medium
 */
function unknownSentences({ groups, total }, named) {
    if (total === 0)
        return undefined;
    const permissions = unknown_permissionsOf(groups.flatMap(({ missing }) => missing));
    const needed = permissions === undefined
        ? ''
        : ` For some of them, the role lacks permissions: ${named(permissions.Action)}.`;
    return `${many(total, 'result')} ${total === 1 ? 'is' : 'are'} unknown.${needed}`;
}
/** A statement that allows actions; undefined if there are none. Texts that are not names of actions are left out. */
function unknown_permissionsOf(actions) {
    const named = [...new Set(actions)].filter((action) => /^[a-z0-9-]{1,40}:[A-Za-z0-9]{1,80}$/.test(action));
    return named.length === 0
        ? undefined
        : { Effect: 'Allow', Action: named.sort(text_0/* compareTexts */.qy), Resource: '*' };
}

;// CONCATENATED MODULE: ./report/audit/summary.js













const MAX_HEADLINE = 240;
/** If there are more repositories, their table is collapsed. */
const MAX_OPEN_ROWS = 30;
const STEPS = [
    { rows: 500, resources: 50, fixes: 5, groups: 30, graph: true },
    { rows: 200, resources: 20, fixes: 3, groups: 15, graph: true },
    { rows: 60, resources: 8, fixes: 1, groups: 5, graph: true },
    { rows: 20, resources: 3, fixes: 0, groups: 2, graph: false },
];
/**
 * Renders the summary. Parts that do not fit are counted, not shown.
 * @param limitBytes the most bytes the summary may have
 */
function auditSummary(run, limitBytes) {
    for (const limits of STEPS) {
        const text = `${render(run, limits).join('\n\n')}\n`;
        if (Buffer.byteLength(text) <= limitBytes)
            return text;
    }
    return `${[heading(run), '<p>The rest does not fit here. See <code>report.json</code>.</p>'].join('\n\n')}\n`;
}
/** The summary where rendering it fails. */
function bareSummary({ verdict }) {
    return `<h2>${kit_words/* MARKS */.j7[verdict]} ECR audit: ${kit_words/* VERDICT_WORDS */._G[verdict]}</h2>\n`;
}
function render(run, limits) {
    const { audit } = run;
    if (audit === undefined)
        return [heading(run), ...errorBlocks(run), ...noticeBlocks(run), settings(run)];
    const page = new Page(new Names(run), limits);
    const groups = failureGroups(run);
    const hasMap = run.settings?.access === true;
    return [
        heading(run),
        about(run, audit),
        ...errorBlocks(run),
        ...failures_section_worst(groups, page.names),
        ...run.answers.flatMap((answer) => answerBlocks(answer, page)),
        ...noticeBlocks(run),
        ...sinceBaseline(audit, page),
        ...matrices(run, page),
        ...failures(groups, page),
        ...unknownBlocks(undecided(audit), page),
        ...(hasMap ? [...access(audit, page), ...roles(audit, page)] : []),
        ...rules(audit),
        ...blindSpots(audit),
        settings(run),
    ];
}
/** The verdict in one line. */
function heading(run) {
    const words = (0,kit_words/* shortDigest */.VK)((0,kit_blocks/* firstLine */.TM)(headline(run)));
    return `<h2>${kit_words/* MARKS */.j7[run.verdict]} ECR audit: ${(0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(words, MAX_HEADLINE))}</h2>`;
}
function about({ settings: given, documents, enforced }, { registries }) {
    const where = registries.slice(0, 10).map(({ host }) => (0,kit_blocks/* code */.aY)(host));
    const left = registries.length - where.length;
    const policy = documents?.policy;
    const by = policy === undefined ? 'without an audit policy' : `by the audit policy ${(0,kit_blocks/* code */.aY)(policy.uri, 300)}`;
    const failing = given === undefined ? '' : `; fail-on is ${(0,kit_blocks/* code */.aY)(given.failOn)}`;
    const quiet = enforced ? '' : '; <code>enforce</code> is false, so the step does not fail for it';
    return `<p>${where.join(' · ')}${left > 0 ? ` and ${left} more` : ''}<br>Judged ${by}${failing}${quiet}.</p>`;
}
/** The full error, of which the headline contains only the beginning. */
function errorBlocks({ error }) {
    if (error === undefined)
        return [];
    const { message, nextStep } = error;
    const isLong = (0,text_0/* clip */.$Q)((0,kit_blocks/* firstLine */.TM)(message), MAX_HEADLINE - 60) !== message;
    return [
        ...(isLong ? [`<blockquote>${(0,kit_blocks/* lines */.Mn)((0,text_0/* clip */.$Q)(message, page_MAX_MESSAGE))}</blockquote>`] : []),
        ...(nextStep === undefined
            ? []
            : ['<h3>What to do</h3>', `<p>${(0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(nextStep, page_MAX_MESSAGE))}</p>`]),
    ];
}
function noticeBlocks({ notices, audit }) {
    const all = [...notices, ...(audit?.notes ?? [])];
    const shown = all.slice(0, 10).map((notice) => `<p>ℹ️ ${(0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)((0,kit_blocks/* firstLine */.TM)(notice), page_MAX_MESSAGE))}</p>`);
    return [...shown, ...(0,kit_blocks/* more */.OS)(all.length - shown.length)];
}
function sinceBaseline({ results, gone }, { names, limits }) {
    if (!results.some((result) => result.new !== undefined))
        return [];
    const fresh = results.filter((result) => result.status === 'fail' && result.new === true);
    const list = (items) => [
        (0,kit_blocks/* bullets */.e5)(items
            .slice(0, limits.resources)
            .map(({ check, resource }) => `${(0,kit_blocks/* code */.aY)(check, 80)} ${(0,kit_blocks/* code */.aY)(names.resource(resource))}`)),
        ...(0,kit_blocks/* more */.OS)(items.length - limits.resources),
    ];
    return [
        '<h3>Since the baseline</h3>',
        fresh.length === 0
            ? '<p>No new problem.</p>'
            : (0,kit_blocks/* details */.zH)(`🆕 ${(0,kit_words/* plural */.LS)(fresh.length, 'new problem')}`, list(fresh), true),
        ...(gone.length === 0 ? [] : [(0,kit_blocks/* details */.zH)(`✔️ ${(0,kit_words/* plural */.LS)(gone.length, 'problem')} gone`, list(gone))]),
    ];
}
const CELL_MARKS = {
    critical: '🔴',
    high: '🟠',
    medium: '🟡',
    low: '🔵',
    unknown: '❔',
    ignored: '➖',
    pass: '✅',
};
const summary_LEGEND = '<p>🔴 critical · 🟠 high · 🟡 medium · 🔵 low · ❔ unknown · ➖ ignored by the audit policy · ✅ passed</p>';
function matrices(run, { names, limits }) {
    const { registries, repositories } = matricesOf(run);
    const tableOf = ({ families, rows }, what) => {
        if (rows.length === 0)
            return [];
        const shown = rows.slice(0, limits.rows);
        const cells = ({ resource, cells: all }) => [
            (0,kit_blocks/* code */.aY)(names.resource(resource)),
            ...families.map((family) => {
                const cell = all.get(family);
                return cell === undefined ? '' : CELL_MARKS[cell];
            }),
        ];
        return [(0,kit_blocks/* table */.tp)([what, ...families], shown.map(cells)), ...(0,kit_blocks/* more */.OS)(rows.length - shown.length)];
    };
    const count = repositories.rows.length;
    if (count + registries.rows.length === 0)
        return [];
    const content = [...tableOf(repositories, 'Repository'), ...tableOf(registries, 'Registry'), summary_LEGEND];
    return count <= MAX_OPEN_ROWS
        ? ['<h3>By repository</h3>', ...content]
        : [(0,kit_blocks/* details */.zH)(`📋 ${many(count, 'repository')}, the worst first`, content)];
}
function unknownBlocks({ groups, total }, { names, limits }) {
    if (total === 0)
        return [];
    const permissions = unknown_permissionsOf(groups.flatMap(({ missing }) => missing));
    const shown = groups.slice(0, limits.resources);
    const rows = shown.map(({ check, severity, message, resources }) => [
        mark(severity),
        (0,kit_blocks/* code */.aY)(check, 80),
        resources.length === 1 ? (0,kit_blocks/* code */.aY)(names.resource(resources[0] ?? '')) : many(resources.length, 'resource'),
        (0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(message, MAX_SHORT)),
    ]);
    return [
        (0,kit_blocks/* details */.zH)(`❔ ${total} ${total === 1 ? 'result is' : 'results are'} unknown`, [
            ...(permissions === undefined
                ? []
                : [
                    "<p>With this statement in a policy of the auditor's role, the results that lack a permission can be determined:</p>",
                    documentBlock(permissions),
                ]),
            (0,kit_blocks/* table */.tp)(['Could be', 'Check', 'Resource', 'Why'], rows),
            ...(0,kit_blocks/* more */.OS)(groups.length - shown.length),
        ]),
    ];
}
function rules({ rules: { unmatched, expired } }) {
    const words = (rule) => `${(0,kit_blocks/* code */.aY)(rule.source, 200)}: ${(0,kit_blocks/* code */.aY)(rule.check, 80)}${rule.resource === undefined ? '' : ` for ${(0,kit_blocks/* code */.aY)(rule.resource)}`}`;
    const block = (title, list, end) => list.length === 0
        ? []
        : [
            (0,kit_blocks/* details */.zH)(title, [
                (0,kit_blocks/* bullets */.e5)(list.slice(0, 50).map((rule) => `${words(rule)}${end(rule)}`)),
                ...(0,kit_blocks/* more */.OS)(list.length - 50),
            ]),
        ];
    return [
        ...block(`⏰ ${(0,kit_words/* plural */.LS)(expired.length, 'rule')} of the audit policy expired and no longer ${expired.length === 1 ? 'applies' : 'apply'}`, expired, ({ expires }) => (expires === undefined ? '' : ` expired on ${(0,kit_blocks/* code */.aY)(expires, 20)}`)),
        ...block(`🫥 ${(0,kit_words/* plural */.LS)(unmatched.length, 'rule')} of the audit policy ${unmatched.length === 1 ? 'matches' : 'match'} nothing`, unmatched, () => ''),
    ];
}
function blindSpots({ notSeen }) {
    if (notSeen.length === 0)
        return [];
    return [
        (0,kit_blocks/* details */.zH)('🙈 What this audit does not see', [
            `<p>${(0,kit_words/* enumerate */.HL)(notSeen.slice(0, 50).map((text) => (0,kit_blocks/* code */.aY)(text, 120)))}.</p>`,
        ]),
    ];
}
function settings({ settings: given, documents, judgedAt, version, startedAt, durationMs, }) {
    const inputs = given === undefined
        ? []
        : [
            ['<code>fail-on</code>', given.failOn],
            [
                '<code>repositories</code>',
                given.repositories
                    .slice(0, 20)
                    .map((one) => (0,kit_blocks/* code */.aY)(one))
                    .join(' '),
            ],
            ['<code>access</code>', `${given.access}`],
            ['<code>validate-cache</code>', `${given.validateCache}`],
            ['<code>lifecycle-preview</code>', `${given.lifecyclePreview}`],
            ['<code>enforce</code>', `${given.enforce}`],
            ['<code>timeout</code>', (0,kit_escape/* html */.qy)((0,time/* formatDuration */.a3)(given.timeoutMs))],
        ];
    const { policy, organizationPolicies = [], baseline } = documents ?? {};
    const files = [
        ...(policy === undefined ? [] : [{ kind: 'policy', source: policy }]),
        ...organizationPolicies.map((source) => ({ kind: 'organization-policies', source })),
        ...(baseline === undefined ? [] : [{ kind: 'baseline', source: baseline }]),
    ];
    const read = files
        .slice(0, 50)
        .map(({ kind, source }) => [
        `<code>${kind}</code>`,
        `${(0,kit_blocks/* code */.aY)(source.uri, 300)}<br>${(0,kit_blocks/* code */.aY)(`sha256:${source.sha256}`)}`,
    ]);
    const ran = [
        ...(judgedAt === undefined ? [] : [['Time of AWS', (0,kit_blocks/* time */.kB)(judgedAt)]]),
        ['Started', (0,kit_blocks/* time */.kB)(startedAt)],
        ['Took', (0,kit_escape/* html */.qy)((0,time/* formatDuration */.a3)(durationMs))],
        ['Version', (0,kit_blocks/* code */.aY)(version, 40)],
    ];
    return (0,kit_blocks/* details */.zH)('⚙️ Settings of this run', [
        (0,kit_blocks/* table */.tp)(['Setting', 'Value'], [...inputs, ...read, ...ran]),
        ...(0,kit_blocks/* more */.OS)(files.length - read.length),
    ]);
}

;// CONCATENATED MODULE: ./report/audit/issue.js








const MAX_RESOURCES = 5;
/**
 * Renders the text of the issue. A section that does not fit is left out. The summary of the run contains all sections.
 * @param limitBytes the most bytes the text may have
 */
function renderIssue(run, { url }, limitBytes) {
    const names = new Names(run);
    const groups = failureGroups(run);
    const where = url === undefined ? 'the summary of the run' : `<a href="${(0,kit_escape/* html */.qy)(url)}">the summary of the run</a>`;
    const foot = `<p>Fixes, the access map and everything else are in ${where}. Each run replaces this text.</p>`;
    const sections = [
        errorBlocks(run),
        failures_section_worst(groups, names),
        problems(groups, names),
        issue_open(run),
    ];
    const body = [heading(run)];
    for (const section of sections) {
        if (Buffer.byteLength([...body, ...section, foot].join('\n\n')) <= limitBytes)
            body.push(...section);
    }
    return [...body, foot].join('\n\n');
}
function problems(groups, names) {
    if (groups.length === 0)
        return [];
    const rows = groups.map(({ check, severity, text, results }) => {
        const shown = results
            .slice(0, MAX_RESOURCES)
            .map(({ resource, new: isNew }) => `${(0,kit_blocks/* code */.aY)(names.resource(resource), 120)}${isNew === true ? ' 🆕' : ''}`);
        const left = results.length - shown.length;
        return [
            mark(severity),
            `${(0,kit_blocks/* code */.aY)(check, 80)}${text === undefined ? '' : `<br>${(0,kit_blocks/* prose */.CS)(text.title)}`}`,
            `${shown.join('<br>')}${left > 0 ? `<br>and ${left} more` : ''}`,
        ];
    });
    return ['<h3>Failed checks</h3>', (0,kit_blocks/* table */.tp)(['', 'Check', 'Resources'], rows)];
}
function issue_open({ audit }) {
    if (audit === undefined)
        return [];
    const sentences = unknownSentences(undecided(audit), (actions) => actions.map((action) => (0,kit_blocks/* code */.aY)(action, 120)).join(' '));
    return sentences === undefined ? [] : [`<p>❔ ${sentences}</p>`];
}

;// CONCATENATED MODULE: ./report/audit/json.js

/** The report as text, in pieces. */
function reportText(run) {
    return (0,json_text/* jsonText */.s)(json_documentOf(run));
}
/** The file of the report. */
function reportFile(run) {
    return {
        kind: 'report',
        name: 'report.json',
        what: 'report.json',
        render: () => ({ text: reportText(run), omissions: [] }),
    };
}
const json_NOTHING = {
    registries: [],
    results: [],
    access: [],
    accessIncomplete: [],
    principals: [],
    notSeen: [],
    notes: [],
    rules: { unmatched: [], expired: [] },
    gone: [],
    proposals: [],
};
// Field by field, so that the file contains only the intended data.
function json_documentOf(run) {
    const { audit, verdict, enforced, version, startedAt, durationMs, judgedAt, error, notices, answers } = run;
    const found = audit ?? json_NOTHING;
    return {
        schemaVersion: 1,
        mode: 'audit',
        verdict,
        enforced,
        version,
        startedAt: startedAt.toISOString(),
        durationMs,
        judgedAt: judgedAt?.toISOString() ?? null,
        error: error === undefined ? null : errorDocument(error),
        settings: run.settings === undefined ? null : settingsDocument(run.settings),
        documents: run.documents === undefined ? null : documentsDocument(run.documents),
        notices: [...notices],
        notes: [...found.notes],
        counts: audit === undefined ? null : countsDocument(audit.counts),
        registries: found.registries.map(({ host, account, region, partition, repositories }) => ({
            host,
            account,
            region,
            partition,
            repositories: [...repositories],
        })),
        results: (0,json_text/* oneByOne */.E)(found.results, resultDocument),
        gone: found.gone.map(({ check, resource }) => ({ check, resource })),
        rules: {
            unmatched: found.rules.unmatched.map(ruleDocument),
            expired: found.rules.expired.map(ruleDocument),
        },
        access: (0,json_text/* oneByOne */.E)(found.access, accessDocument),
        accessIncomplete: [...found.accessIncomplete],
        principals: found.principals.map(principalDocument),
        proposals: found.proposals.map((proposal) => 'document' in proposal
            ? { repository: proposal.repository, document: proposal.document }
            : { repository: proposal.repository, withheld: [...proposal.withheld] }),
        answers: answers.map(answerDocument),
        notSeen: [...found.notSeen],
    };
}
function countsDocument(counts) {
    const { passed, critical, high, medium, low, unknown, ignored } = counts;
    return { passed, critical, high, medium, low, unknown, ignored };
}
function errorDocument({ code, message, nextStep }) {
    return { code, message, nextStep: nextStep ?? null };
}
function settingsDocument(settings) {
    const { failOn, repositories, role, access, validateCache, lifecyclePreview, enforce, timeoutMs } = settings;
    return {
        failOn,
        repositories: [...repositories],
        role: role ?? null,
        access,
        validateCache,
        lifecyclePreview,
        enforce,
        timeoutMs,
    };
}
function documentsDocument(documents) {
    const { policy, organizationPolicies, baseline } = documents;
    return {
        policy: policy === undefined ? null : sourceDocument(policy),
        organizationPolicies: organizationPolicies.map(sourceDocument),
        baseline: baseline === undefined ? null : sourceDocument(baseline),
    };
}
function sourceDocument({ uri, sha256, moving }) {
    return { uri, sha256, moving };
}
function resultDocument(result) {
    const { check, status, severity, couldBe, registry, resource, message, evidence, fix, reference } = result;
    const { missing, items, ignored, new: isNew } = result;
    return {
        check,
        status,
        severity,
        couldBe,
        registry: registry ?? null,
        resource,
        message,
        evidence,
        fix: fix && { command: fix.command, document: fix.document },
        reference,
        missing: [...missing],
        items: [...items],
        ignored: ignored && { reason: ignored.reason, expires: ignored.expires },
        new: isNew,
    };
}
function accessDocument(entry) {
    return {
        repository: entry.repository,
        principal: entry.principal,
        kind: entry.kind,
        pull: entry.pull,
        push: entry.push,
        retag: entry.retag,
        delete: entry.delete,
        administer: entry.administer,
        administerActions: [...entry.administerActions],
        token: entry.token,
        conditions: [...entry.conditions],
        unknown: [...entry.unknown],
        because: becauseDocument(entry.because),
    };
}
function becauseDocument(because) {
    return because.map(({ source, policy, sid, effect }) => ({ source, policy, sid, effect }));
}
function principalDocument({ arn, kind, assumedBy, usedBy, permissions }) {
    const { summary, dangers, unknown } = permissions;
    return {
        arn,
        kind,
        assumedBy: [...assumedBy],
        usedBy: [...usedBy],
        permissions: { summary: [...summary], dangers: [...dangers], unknown: [...unknown] },
    };
}
function ruleDocument({ source, check, resource, expires }) {
    return { source, check, resource, expires };
}
function answerDocument(answer) {
    const { question, repositories, rows, incomplete } = answer;
    return {
        question,
        repositories: [...repositories],
        rows: rows.map(({ repository, principal, kind, verdict, conditions, unknown, because }) => ({
            repository,
            principal,
            kind,
            verdict,
            conditions: [...conditions],
            unknown: [...unknown],
            because: becauseDocument(because),
        })),
        incomplete: [...incomplete],
    };
}

;// CONCATENATED MODULE: ./report/audit/log.js








const MAX_GROUPS = 40;
const log_MAX_RESOURCES = 3;
const MAX_UNKNOWN = 10;
const MAX_ROWS = 500;
const log_MAX_LINE = 2_000;
const log_MAX_SHORT = 300;
/** Lines that are safe to print as they are. */
function logLines(run) {
    const names = new Names(run);
    return [
        marked(kit_words/* MARKS */.j7[run.verdict], `ECR audit: ${headline(run)}`),
        ...[
            ...(run.error?.nextStep === undefined ? [] : [`  What to do: ${run.error.nextStep}`]),
            ...run.notices.slice(0, 20).map((notice) => `  Note: ${notice}`),
        ].map(safe),
        ...failureLines(run, names),
        ...unknownLines(run, names),
        ...run.answers.flatMap((answer) => answerLines(answer, names)).map(safe),
    ];
}
function safe(text) {
    return (0,kit_escape/* line */.n8)((0,text_0/* clip */.$Q)(text, log_MAX_LINE));
}
/** A mark of the report before external text. */
function marked(mark, text) {
    return `${mark} ${safe(text)}`;
}
/** The failed checks that block, with some of their resources, and the others in one line each. */
function failureLines(run, names) {
    const groups = failureGroups(run);
    const shown = groups.slice(0, MAX_GROUPS).flatMap(({ check, severity, isBlocking, results }) => {
        const head = `${severity} ${check}: ${many(results.length, 'resource')}`;
        if (!isBlocking)
            return [marked(kit_words/* MARKS */.j7.warn, head)];
        const left = results.length - log_MAX_RESOURCES;
        return [
            marked(kit_words/* MARKS */.j7.block, head),
            ...results
                .slice(0, log_MAX_RESOURCES)
                .map(({ resource, message, new: isNew }) => safe(`  - ${names.resource(resource)}${isNew === true ? ' (new)' : ''}: ${beginning(message, log_MAX_SHORT)}`)),
            ...(left > 0 ? [`  - ${left} more: see the job summary`] : []),
        ];
    });
    const left = groups.length - MAX_GROUPS;
    return [...shown, ...(left > 0 ? [`${left} more failed checks: see the job summary.`] : [])];
}
/** What is unknown and why, those that could be the worst first. */
function unknownLines({ audit }, names) {
    if (audit === undefined)
        return [];
    const found = undecided(audit);
    const sentences = unknownSentences(found, (actions) => actions.join(', '));
    if (sentences === undefined)
        return [];
    const left = found.groups.length - MAX_UNKNOWN;
    return [
        marked('❔', sentences),
        ...found.groups.slice(0, MAX_UNKNOWN).map(({ check, severity, message, resources }) => {
            const [first = ''] = resources;
            const where = resources.length === 1 ? names.resource(first) : many(resources.length, 'resource');
            return safe(`  - ${check} (could be ${severity}), ${where}: ${beginning(message, log_MAX_SHORT)}`);
        }),
        ...(left > 0 ? [`  - ${left} more: see the job summary`] : []),
    ];
}
/** The answer to a question as a table. */
function answerLines({ question, repositories, rows, incomplete }, names) {
    const head = `Who can ${question}?`;
    const notes = incomplete.map((text) => `  Not complete: ${text}`);
    if (repositories.length === 0)
        return [head, ...notes, '  No audited repository matches.'];
    if (rows.length === 0)
        return [head, ...notes, incomplete.length > 0 ? '  No known principal.' : '  No principal.'];
    const cells = rows
        .slice(0, MAX_ROWS)
        .map((row) => [
        (0,text_0/* clip */.$Q)(names.resource(row.repository), 60),
        (0,text_0/* clip */.$Q)(names.principal(row.principal, row.kind), 80),
        row.verdict,
        (0,text_0/* clip */.$Q)(ifWords(row).join('; '), 160),
        (0,text_0/* clip */.$Q)(row.because.map(becauseWords).join('; '), 200),
    ]);
    const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
    const left = rows.length - cells.length;
    return [
        head,
        ...notes,
        ...cells.map((row) => `  ${row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd()}`),
        ...(left > 0 ? [`  ${left} more in report.json.`] : []),
    ];
}

;// CONCATENATED MODULE: ./report/audit/outputs.js

/** Every output. Without a result, no number is set. */
function auditOutputs({ verdict, audit }, files) {
    const count = (name) => `${audit?.counts[name] ?? ''}`;
    return {
        verdict,
        passed: `${(0,envelope/* allows */.NB)(verdict)}`,
        critical: count('critical'),
        high: count('high'),
        medium: count('medium'),
        low: count('low'),
        unknown: count('unknown'),
        report: files.report ?? '',
        sarif: files.sarif ?? '',
        'access-map': files.accessMap ?? '',
        graph: files.graph ?? '',
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./report/audit/sarif.js
/**
 * `results.sarif` of an audit: SARIF 2.1.0, a run for each registry and one for the roles and users of each account, a
 * rule for each check. GitHub closes alerts that an upload no longer contains. Each resource with unknown results
 * therefore has one result of the rule `unknown`, so that an alert is not closed silently because something could not
 * be read.
 */







const SARIF_FILE = 'results.sarif';
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const TOOL = 'ECR Deployment Gate audit';
const UNKNOWN = 'unknown';
/** GitHub's limits: a file that exceeds them is refused, or not all of it is shown ("SARIF results exceed limits"). */
const LIMITS = { runs: 20, results: 5_000, bytes: 9_500_000 };
/** GitHub requires a region. */
const FIRST_LINE = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
const sarif_MAX_MESSAGE = 1_000;
const MAX_NAME = 200;
const LEVELS = {
    critical: 'error',
    high: 'error',
    medium: 'warning',
    low: 'note',
};
/** GitHub's bounds are 9.0, 7.0 and 4.0. */
const SECURITY = {
    critical: '9.5',
    high: '8.0',
    medium: '5.5',
    low: '2.0',
};
/** The file of the report. */
function sarifFile(run) {
    return { kind: 'sarif', name: SARIF_FILE, what: SARIF_FILE, render: () => sarifReport(run) };
}
/** The results as SARIF; undefined if nothing was audited, because a file without results would close all alerts. */
function sarifReport(run, limits = LIMITS) {
    // An audit that was cancelled or failed has not checked everything.
    if (run.audit === undefined || run.error !== undefined)
        return undefined;
    const parts = sarif_partsOf(run);
    const chosen = parts.slice(0, limits.runs);
    for (let most = limits.results;; most = Math.floor(most / 2)) {
        const runs = chosen.map((part) => runOf(part, run, most));
        const log = { $schema: SCHEMA, version: '2.1.0', runs: runs.map(({ sarif }) => sarif) };
        const text = { [Symbol.iterator]: () => (0,json_text/* jsonText */.s)(log) };
        if (most > 0 && !fits(text, limits.bytes))
            continue;
        const left = parts.length - chosen.length;
        return {
            text,
            omissions: [
                ...runs.flatMap(({ omission }) => (omission === undefined ? [] : [omission])),
                ...(left > 0 ? [`${SARIF_FILE} contains ${limits.runs} registries and omits ${left}.`] : []),
            ],
        };
    }
}
/** The sum is an upper bound: pieces that are compressed one by one take slightly more space than the whole. */
function fits(text, bytes) {
    let size = 0;
    for (const piece of text) {
        size += (0,external_node_zlib_.gzipSync)(piece).length;
        if (size > bytes)
            return false;
    }
    return true;
}
function sarif_partsOf({ audit }) {
    const byRegistry = new Map((audit?.registries ?? []).map(({ host }) => [host, []]));
    for (const result of audit?.results ?? []) {
        const name = result.registry ?? `iam/${/^[^:]*:[^:]*:iam::(\d{12}):/.exec(result.resource)?.[1] ?? 'other'}`;
        const list = byRegistry.get(name);
        if (list === undefined)
            byRegistry.set(name, [result]);
        else
            list.push(result);
    }
    return [...byRegistry].map(([name, results]) => ({ name, results }));
}
function shownOf({ results }) {
    const unknown = Map.groupBy(results.filter(({ status }) => status === 'unknown'), ({ resource }) => resource);
    const shown = [
        ...results
            .filter(({ status }) => status === 'fail' || status === 'ignored')
            .map(({ check, severity, resource, message, ignored }) => ({
            rule: check,
            severity,
            resource,
            message,
            ignored: ignored?.reason,
        })),
        ...[...unknown].map(([resource, group]) => ({
            rule: UNKNOWN,
            severity: 'low',
            resource,
            message: `These checks could not be evaluated: ${group.map(({ check }) => check).join(', ')}. ${group[0]?.message ?? ''}`,
            ignored: undefined,
        })),
    ].sort((a, b) => Number(a.ignored !== undefined) - Number(b.ignored !== undefined) ||
        bySeverity(a.severity, b.severity) ||
        (0,text_0/* compareTexts */.qy)(a.rule, b.rule) ||
        (0,text_0/* compareTexts */.qy)(a.resource, b.resource));
    // GitHub treats two results with the same fingerprint as one.
    return [...new Map(shown.toReversed().map((one) => [fingerprint(one), one])).values()].toReversed();
}
/** Identifies a result in later analyses. GitHub reads only the fingerprint `primaryLocationLineHash`. */
function fingerprint({ rule, resource }) {
    return `${(0,external_node_crypto_.hash)('sha256', JSON.stringify([rule, resource])).slice(0, 32)}:1`;
}
function runOf(part, run, most) {
    const all = shownOf(part);
    const shown = all.slice(0, most);
    const texts = new Map(run.checks.map((text) => [text.id, text]));
    const rules = [...new Set(shown.map(({ rule }) => rule))];
    const indexes = new Map(rules.map((rule, index) => [rule, index]));
    const names = new Names(run);
    const omission = all.length > shown.length
        ? `${shown.length} of ${all.length} results of ${(0,kit_escape/* line */.n8)(part.name)} are in ${SARIF_FILE}, worst first. report.json contains all of them.`
        : undefined;
    return {
        sarif: {
            tool: {
                driver: {
                    name: TOOL,
                    version: run.version,
                    semanticVersion: run.version,
                    rules: rules.map((id) => ruleOf(id, texts.get(id))),
                },
            },
            automationDetails: { id: `ecr-audit/${(0,kit_escape/* line */.n8)(part.name)}/` },
            invocations: [invocationOf(omission)],
            columnKind: 'utf16CodeUnits',
            results: shown.map((one) => sarif_resultOf(one, indexes.get(one.rule) ?? -1, run, names)),
        },
        omission,
    };
}
function invocationOf(omission) {
    return {
        executionSuccessful: true,
        toolExecutionNotifications: omission === undefined ? [] : [{ level: 'warning', message: { text: (0,kit_escape/* plain */.pj)(omission) } }],
    };
}
function ruleOf(id, text) {
    if (text === undefined) {
        const what = id === UNKNOWN ? 'Something could not be read or evaluated.' : `The check ${id} passes.`;
        return {
            id: (0,kit_escape/* line */.n8)(id),
            name: sarif_ruleName(id),
            shortDescription: { text: (0,kit_escape/* plain */.pj)(what) },
            fullDescription: { text: (0,kit_escape/* plain */.pj)(what) },
            help: { text: (0,kit_escape/* plain */.pj)(what), markdown: (0,kit_escape/* markdown */.wD)(what) },
            defaultConfiguration: { level: 'note' },
            properties: { 'security-severity': SECURITY.low, precision: 'very-high', tags: ['security', 'ecr'] },
        };
    }
    const { title, means, why, fix, reference, severities } = text;
    const [severity] = severities;
    const help = [`It fails when: ${means}`, why, fix];
    return {
        id: (0,kit_escape/* line */.n8)(id),
        name: sarif_ruleName(id),
        shortDescription: { text: (0,kit_escape/* plain */.pj)(title) },
        fullDescription: { text: (0,kit_escape/* plain */.pj)((0,text_0/* clip */.$Q)(`${title} ${why}`, sarif_MAX_MESSAGE)) },
        helpUri: reference,
        help: {
            text: (0,kit_escape/* plain */.pj)(`${help.join(' ')} ${reference}`),
            markdown: `${help.map(kit_escape/* markdown */.wD).join('\n\n')}\n\n${reference}`,
        },
        defaultConfiguration: { level: LEVELS[severity] },
        properties: {
            'security-severity': SECURITY[severity],
            precision: 'very-high',
            tags: ['security', 'ecr', ...(/^[a-z]+/.exec(id) ?? [])],
        },
    };
}
/** `policy/deny-others` as `PolicyDenyOthers`. */
function sarif_ruleName(id) {
    return id
        .split(/[^A-Za-z0-9]+/)
        .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
        .join('');
}
function sarif_resultOf(shown, ruleIndex, run, names) {
    const { rule, severity, resource, message, ignored } = shown;
    const name = names.resource(resource);
    return {
        ruleId: (0,kit_escape/* line */.n8)(rule),
        ruleIndex,
        level: LEVELS[severity],
        message: { text: (0,kit_escape/* plain */.pj)((0,text_0/* clip */.$Q)(`${name}: ${message}`, sarif_MAX_MESSAGE)) },
        locations: [
            {
                physicalLocation: { artifactLocation: { uri: locationOf(run, name) }, region: FIRST_LINE },
                logicalLocations: [{ fullyQualifiedName: (0,kit_escape/* line */.n8)((0,text_0/* clip */.$Q)(resource, 2 * MAX_NAME)), kind: 'resource' }],
            },
        ],
        partialFingerprints: {
            primaryLocationLineHash: fingerprint(shown),
        },
        ...(ignored !== undefined && {
            suppressions: [
                { kind: 'external', status: 'accepted', justification: (0,kit_escape/* plain */.pj)((0,text_0/* clip */.$Q)(ignored, sarif_MAX_MESSAGE)) },
            ],
        }),
    };
}
/** The audit policy, if it is a file of this repository; otherwise the name of the resource. */
function locationOf({ documents }, name) {
    const uri = documents?.policy?.uri;
    const isLocal = uri !== undefined && !uri.startsWith('/') && !uri.includes('@') && !uri.split('/').includes('..');
    const path = isLocal ? uri.replace(/^(\.\/)+/, '') : (0,text_0/* clip */.$Q)(name.replace(/^\/+/, ''), MAX_NAME);
    return path.split('/').map(encoded).join('/');
}
/**
 * As a part of a relative URI reference. Characters that cannot be encoded, such as half a surrogate pair, are
 * replaced.
 */
function encoded(part) {
    const text = encodeURIComponent(part.toWellFormed());
    return text === '' || text === '.' || text === '..' ? '_' : text;
}

;// CONCATENATED MODULE: ./report/audit/report.js
/** An audit's result in every form in which it is published. */











function auditReport(run) {
    return {
        log: () => logLines(run),
        annotations: () => annotations(run),
        summary: (limitBytes) => auditSummary(run, limitBytes),
        bareSummary: () => bareSummary(run),
        files: () => [reportFile(run), sarifFile(run), ...tables(run)],
        outputs: (files) => auditOutputs(run, files),
        comment: {
            isFailing: !(0,envelope/* allows */.NB)(run.verdict),
            render: (place, limitBytes) => renderIssue(run, place, limitBytes),
        },
        errors: () => (run.error === undefined ? [] : [run.error]),
    };
}
/** If this run does not write a file, the file of an earlier run is removed. */
function tables(run) {
    const { audit } = run;
    const file = (kind, name, render) => ({
        kind,
        name,
        what: name,
        render: () => {
            const text = render();
            return text && { text, omissions: [] };
        },
    });
    const mapped = run.settings?.access === true ? audit : undefined;
    return [
        file('results', 'results.csv', () => audit && resultsCsv(audit)),
        file('access-map', 'access.csv', () => mapped && accessCsv(mapped)),
        file('graph', 'access.dot', () => mapped && dot(graphOf(mapped, new Names(run)))),
    ];
}

// EXTERNAL MODULE: ./version.js
var version = __webpack_require__(37253);
// EXTERNAL MODULE: ./modes/earlier.js
var modes_earlier = __webpack_require__(82282);
// EXTERNAL MODULE: ./modes/load.js + 9 modules
var load = __webpack_require__(50306);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./files.js
var files_0 = __webpack_require__(60866);
;// CONCATENATED MODULE: ./modes/organization.js
/** Service control policies and resource control policies, from directories of the input `organization-policies`. */







const INPUT = 'organization-policies';
/** An organization has at most five levels of units, and an account of each kind; five policies are attached to each. */
const MAX_DIRECTORIES = 500;
const MAX_FILES = 100;
/** AWS allows far less: 10,240 characters. */
const MAX_BYTES = 256 * 1024;
/**
 * Reads the policies of each directory: the policies of one level of the organization. If the name of the directory is
 * an account id, they apply to that account. The Allow statements of policies of the same kind and level add up.
 * @throws GateError `input` if a directory or a file cannot be read, or a file is not a policy
 */
async function loadOrganizationPolicies(directories, workspace) {
    if (directories.length > MAX_DIRECTORIES)
        throw organization_tooMany(MAX_DIRECTORIES, 'directories');
    const levels = [];
    const sources = [];
    for (const directory of directories) {
        const files = await readDirectory(directory, workspace);
        const byKind = Map.groupBy(files, ({ kind }) => kind);
        for (const [kind, group] of byKind) {
            levels.push({
                kind,
                name: directory,
                account: /^\d{12}$/.test((0,external_node_path_.basename)(directory)) ? (0,external_node_path_.basename)(directory) : undefined,
                policies: group.map(({ name, text }) => ({ name, text: { known: text } })),
            });
        }
        sources.push(...files.map(({ source }) => source));
    }
    return { levels, sources };
}
async function readDirectory(directory, workspace) {
    const { real, missing } = await (0,files_0/* wayToInput */.Lo)(INPUT, directory, workspace);
    if (missing.length > 0) {
        throw new errors_0/* GateError */.ue('input', `Input ${INPUT}: there is no directory ${directory}.`, {
            nextStep: 'Check the path, and check the repository out (actions/checkout) before this step.',
        });
    }
    let names;
    try {
        names = (await (0,promises_.readdir)(real)).filter((name) => name.endsWith('.json')).sort(text_0/* compareTexts */.qy);
    }
    catch (error) {
        throw new errors_0/* GateError */.ue('input', `Input ${INPUT}: ${directory} cannot be read: ${(0,errors_0/* messageOf */.bD)(error)}.`, {
            cause: error,
        });
    }
    if (names.length === 0) {
        throw new errors_0/* GateError */.ue('input', `Input ${INPUT}: ${directory} has no file with a name that ends in .json.`, {
            nextStep: 'Put each policy into a file of its own, as JSON. Directories within it are not read.',
        });
    }
    if (names.length > MAX_FILES)
        throw organization_tooMany(MAX_FILES, `files in ${directory}`);
    const files = [];
    for (const name of names)
        files.push(await organization_readPolicy((0,external_node_path_.join)(directory, name), workspace));
    return files;
}
async function organization_readPolicy(path, workspace) {
    const { real, missing } = await (0,files_0/* wayToInput */.Lo)(INPUT, path, workspace);
    const fail = (why, cause) => new errors_0/* GateError */.ue('input', `Input ${INPUT}: ${path} ${why}.`, {
        nextStep: 'The file must contain one service control policy or resource control policy, as JSON.',
        cause,
    });
    if (missing.length > 0)
        throw fail('is a link to a file that does not exist');
    let bytes;
    try {
        bytes = await (0,files_0/* readRegularFile */.XF)(real, MAX_BYTES);
    }
    catch (error) {
        throw fail(`cannot be read: ${(0,errors_0/* messageOf */.bD)(error)}`, error);
    }
    if (bytes.length > MAX_BYTES)
        throw fail(`has more than ${MAX_BYTES / 1024} KiB`);
    const text = bytes.toString('utf8');
    let document;
    try {
        document = JSON.parse(text);
    }
    catch (error) {
        throw fail(`is not JSON: ${(0,errors_0/* messageOf */.bD)(error)}`, error);
    }
    if ((0,json/* givesKeyTwice */.c)(text, document))
        throw fail('has a key twice');
    return { kind: kindOf(document, fail), name: path, text, source: (0,load.sourceOf)(path, bytes, false) };
}
/** Only resource control policies have a Principal, and they have one in each statement. */
function kindOf(document, fail) {
    const { Statement } = (document ?? {});
    const statements = Array.isArray(Statement) ? Statement : [Statement];
    const kinds = new Set(statements.map((one) => {
        if (typeof one !== 'object' || one === null)
            throw fail('has no statements');
        return 'Principal' in one || 'NotPrincipal' in one ? 'rcp' : 'scp';
    }));
    const [kind, ...others] = kinds;
    if (kind === undefined)
        throw fail('has no statements');
    if (others.length > 0)
        throw fail('has statements with a Principal and statements without one');
    return kind;
}
function organization_tooMany(most, what) {
    return new errors_0/* GateError */.ue('input', `Input ${INPUT}: expected at most ${most} ${what}.`);
}

;// CONCATENATED MODULE: ./modes/audit.js
/** The audit action: reads the facts, runs the checks, answers questions. */















/** A new run of the audit. */
function newRun(startedAt) {
    const known = {
        settings: undefined,
        documents: undefined,
        expectations: NO_EXPECTATIONS,
        audit: undefined,
        answers: [],
        judgedAt: undefined,
        notices: [],
    };
    let inputs;
    return {
        readInputs: (get) => {
            inputs = readAuditInputs(get);
            known.settings = settingsOf(inputs);
            return { timeoutMs: inputs.timeoutMs, readsDocuments: true };
        },
        work: async (context) => {
            if (inputs === undefined)
                throw new Error('the inputs were not read');
            await auditRegistries(inputs, context, known);
        },
        publication: async (error) => {
            const verdict = error === undefined ? (known.audit?.verdict ?? 'error') : 'error';
            const enforced = known.settings?.enforce !== false;
            const result = {
                ...known,
                checks: CHECK_TEXTS,
                verdict,
                enforced,
                tolerated: verdict === 'block' && !enforced,
                error,
                startedAt,
                durationMs: Date.now() - startedAt.getTime(),
                version: version/* VERSION */.x,
            };
            return { result, report: auditReport(result), options: inputs && publishOptions(inputs) };
        },
    };
}
function settingsOf({ failOn, repositories, role, access, validateCache, lifecyclePreview, enforce, timeoutMs, }) {
    return { failOn, repositories, role, access, validateCache, lifecyclePreview, enforce, timeoutMs };
}
/** The steps in order. An error ends the run, with the results until then. */
async function auditRegistries(inputs, context, known) {
    const { deadline, environment, workspace, log, awsHandler } = context;
    const policy = await audit_readPolicy(inputs, context);
    const organization = await loadOrganizationPolicies(inputs.organizationPolicies, workspace);
    const earlier = await readBaseline(inputs.baseline, workspace);
    known.documents = {
        policy: policy?.source,
        organizationPolicies: organization.sources,
        baseline: earlier?.source,
    };
    if (policy !== undefined)
        known.expectations = policy.expectations;
    if (inputs.baseline !== undefined && earlier === undefined) {
        known.notices.push(`There is no baseline ${inputs.baseline}. Every failed check is treated as new.`);
    }
    const { expectations } = known;
    const { registries, role, repositories, access, validateCache, lifecyclePreview } = inputs;
    const facts = await collectFacts({
        registries,
        role,
        repositories,
        expectations,
        levels: organization.levels,
        access,
        validateCache,
        lifecyclePreview,
    }, { deadline, log, environment, ...(awsHandler && { handler: awsHandler }) });
    known.judgedAt = facts.now;
    known.notices.push(...facts.notices);
    if (deadline.expired) {
        known.notices.push('The timeout ended before everything was read. Everything that was not read is unknown. Set a longer timeout, or audit fewer repositories in one step.');
    }
    const result = audit(facts, expectations, {
        failOn: inputs.failOn,
        access,
        baseline: earlier?.results,
    });
    known.answers = inputs.questions.map((question) => whoCan(question, result));
    known.audit = result;
}
async function audit_readPolicy({ policy, githubToken: token }, { workspace, environment, deadline, log, warn, mask }) {
    if (policy === undefined)
        return undefined;
    if (token !== undefined)
        mask(token);
    const github = token === undefined ? undefined : (0,client.createGitHub)({ token, deadline, environment });
    const { bytes, source } = await (0,load.loadPolicyFile)(policy, { workspace, github });
    log(`Audit policy ${source.uri} (sha256 ${source.sha256})`);
    if (source.moving) {
        warn(`The audit policy ${source.uri} is read at a ref that can move. Name a commit, so that a change of the policy is a change of the workflow.`);
    }
    return { expectations: parseAuditPolicy(bytes, source.uri), source };
}
/**
 * The results of an earlier audit; undefined if there is no such file, as in the first run of a workflow.
 * @throws GateError `input` if the file cannot be used
 */
async function readBaseline(path, workspace) {
    if (path === undefined)
        return undefined;
    const next = 'Give the path of the report.json that an earlier audit wrote, or remove the input.';
    const bytes = await (0,modes_earlier/* readEarlier */.l)('baseline', path, workspace, next);
    if (bytes === undefined)
        return undefined;
    try {
        return { results: readEarlierReport(bytes), source: (0,load.sourceOf)(path, bytes, false) };
    }
    catch (error) {
        throw (0,modes_earlier/* unusable */._)('baseline', path, `is not the report of an audit: ${(0,errors_0/* messageOf */.bD)(error)}`, next, error);
    }
}
function publishOptions({ reportDirectory, githubToken, issue, registries, repositories, }) {
    const names = registries.map((registry) => ('host' in registry ? registry.host : registry.region));
    return {
        reportDirectory,
        githubToken,
        dockerfile: undefined,
        comment: 'never',
        images: [],
        issue: issue === 'never' ? undefined : { mode: issue, subject: (0,issue_subject/* auditSubject */.K)(names, repositories) },
    };
}


/***/ }),

/***/ 82282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ unusable),
/* harmony export */   l: () => (/* binding */ readEarlier)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75650);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60866);
/** The file of an earlier report. */


/** The report of an audit with half a million rows of access, or of a hundred images with many findings, is about this large. */
const MAX_EARLIER_BYTES = 256 * 1024 * 1024;
/**
 * Reads the file that an input names; undefined if there is none, as in the first run of a workflow.
 * @param nextStep what to do where it cannot be read
 * @throws GateError `input`
 */
async function readEarlier(input, path, workspace, nextStep) {
    const { real, missing } = await (0,_files_js__WEBPACK_IMPORTED_MODULE_1__/* .wayToInput */ .Lo)(input, path, workspace);
    if (missing.length > 0)
        return undefined;
    let bytes;
    try {
        bytes = await (0,_files_js__WEBPACK_IMPORTED_MODULE_1__/* .readRegularFile */ .XF)(real, MAX_EARLIER_BYTES);
    }
    catch (error) {
        throw unusable(input, path, `cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`, nextStep, error);
    }
    if (bytes.length <= MAX_EARLIER_BYTES)
        return bytes;
    throw unusable(input, path, `has more than ${MAX_EARLIER_BYTES / 1024 / 1024} MiB`, nextStep);
}
/** The error for a file that cannot be used as an earlier report. */
function unusable(input, path, why, nextStep, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input ${input}: ${path} ${why}.`, { nextStep, cause });
}


/***/ }),

/***/ 81477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   L1: () => (/* binding */ vulnerability),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   OS: () => (/* binding */ more),
/* harmony export */   TM: () => (/* binding */ firstLine),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   c_: () => (/* binding */ tableOf),
/* harmony export */   e5: () => (/* binding */ bullets),
/* harmony export */   kB: () => (/* binding */ time),
/* harmony export */   nM: () => (/* binding */ row),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   ru: () => (/* binding */ SEVERITY_MARKS),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   yf: () => (/* binding */ severity),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(36625);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24686);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95964);
/* harmony import */ var _links_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35398);
/**
 * The HTML blocks of summary and comment. Each block starts with a block tag at the start of a line, contains no blank line,
 * and is followed by one. GitHub does not process Markdown in such a block, so text needs HTML escaping and nothing else,
 * and cannot break a table. External text is in <code>, where GitHub creates no links, mentions or emoji.
 */




function code(text, max = 200) {
    return `<code>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(text, max))}</code>`;
}
/** A link. The address must be one that this room creates or knows. The label is HTML. */
function link(address, label) {
    return `<a href="${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(address)}">${label}</a>`;
}
/** A time to the second, in UTC. */
function time(date) {
    return Number.isNaN(date.getTime())
        ? 'unknown'
        : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
/** Text of several lines, such as the output of another program. */
function lines(text) {
    return text
        .split(/[\r\n]+/)
        .filter((part) => part.trim() !== '')
        .map(prose)
        .join('<br>');
}
function firstLine(text) {
    return text.split(/[\r\n]/, 1)[0] ?? '';
}
// A word that contains more than letters and a final mark could become a link, a mention or an emoji.
const PLAIN_WORD = /^["'(]?(\p{L}+(['’-]\p{L}+)*|\d{1,6})["')]?[.,;:!?]?$|^[–—→(]$/u;
// A command at the end of a next step stays in one piece, so that it can be copied.
const COMMAND = /^(.*[:(] ?)(aws [a-z0-9]+ [a-z-]+[^()]*?)([).]*)$/s;
/** A sentence with names in it. Every word that is not plain, and every command, is in <code>. */
function prose(text) {
    const [, before, command, after] = COMMAND.exec(text) ?? [];
    if (before === undefined || command === undefined)
        return sentence(text);
    return `${sentence(before)}${before.endsWith(' ') ? ' ' : ''}<code>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(command)}</code>${after}`;
}
function sentence(text) {
    const words = text.split(' ').filter((word) => word !== '');
    return words
        .map((word, index) => {
        if (PLAIN_WORD.test(word))
            return (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(word);
        const opens = index === 0 || PLAIN_WORD.test(words[index - 1] ?? '');
        const closes = index === words.length - 1 || PLAIN_WORD.test(words[index + 1] ?? '');
        // A final mark belongs to the sentence, not to the name before it. So does a bracket that the name does not open.
        const end = word.includes('(') ? /^(.+?)([.,;:!?]?)$/su : /^(.+?)(\)?[.,;:!?]?)$/su;
        const [, name = word, mark = ''] = (closes ? end.exec(word) : null) ?? [];
        return `${opens ? '<code>' : ''}${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(name)}${closes ? `</code>${mark}` : ''}`;
    })
        .join(' ');
}
function details(summary, content, open = false) {
    return `<details${open ? ' open' : ''}>\n<summary>${summary}</summary>\n${content.join('\n')}\n</details>`;
}
function bullets(items) {
    return `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
}
function table(head, rows) {
    return tableOf(head, rows.map(row));
}
/** A table of rendered rows; without a head if all its cells are empty. */
function tableOf(head, rows) {
    const heads = head.some((cell) => cell !== '')
        ? `<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n`
        : '';
    return `<table>\n${heads}${rows.join('\n')}\n</table>`;
}
function row(cells) {
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
/** How many entries are not shown, and where they are. */
function more(count) {
    return count > 0 ? [`<p>${count} more in <code>report.json</code>.</p>`] : [];
}
/** The ID of a vulnerability, with a link if its form is known. */
function vulnerability(id) {
    const address = (0,_links_js__WEBPACK_IMPORTED_MODULE_1__/* .advisoryUrl */ .Le)(id);
    return address === undefined ? code(id, 80) : link(address, id);
}
const SEVERITY_MARKS = {
    critical: '🔴',
    high: '🟠',
    medium: '🟡',
    low: '🔵',
    informational: '⚪',
    untriaged: '❔',
};
function severity(value) {
    const word = (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .severityWord */ .Oh)(value);
    return word === undefined ? `❔&nbsp;${code(value, 40)}` : `${SEVERITY_MARKS[word] ?? ''}&nbsp;${word}`;
}


/***/ }),

/***/ 67647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ parseEarlier)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37728);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24686);
/** Reads the `report.json` of an earlier run, which comes from an artifact or the repository and is not trusted. */


/** A message may quote what the report says instead. */
const MAX_MESSAGE = 300;
/**
 * Reads what a schema describes.
 * @throws Error that says what is wrong with the report
 */
function parseEarlier(bytes, schema) {
    let document;
    try {
        document = JSON.parse(Buffer.from(bytes).toString('utf8'));
    }
    catch {
        throw new Error('it is not JSON');
    }
    // A report of 20 MB can have ten million mistakes.
    const { success, output, issues } = valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeParse */ .xLC(schema, document, { abortEarly: true });
    if (success)
        return output;
    const [first] = issues;
    throw new Error(`${valibot__WEBPACK_IMPORTED_MODULE_0__/* .getDotPath */ .BuJ(first) ?? 'the document'}: ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .clip */ .$Q)(first.message, MAX_MESSAGE)}`);
}


/***/ }),

/***/ 55365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ oneByOne),
/* harmony export */   s: () => (/* binding */ jsonText)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95964);
/** Large documents as text, one piece at a time, to save memory. */

const PIECE_LENGTH = 64 * 1024;
// Deep enough for the long lists: those of an image and, in SARIF, those of a run and its tool.
const DEPTH = 6;
/**
 * A document as JSON text and a newline, in pieces of about 64 Ki characters. It is the text of
 * `JSON.stringify(document, undefined, 2)`, except that each element of an iterable is on one line: a long list is thereby
 * rendered faster, and is half as long. Invisible characters and workflow commands are escaped: the document contains external
 * text.
 * @param document plain JSON; undefined members are omitted. An iterable that is no array stands for a long list and is
 *   iterated once.
 */
function* jsonText(document) {
    let piece = '';
    for (const part of parts(document, '\n', DEPTH)) {
        piece += (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .inertJson */ .nl)(part);
        if (piece.length < PIECE_LENGTH)
            continue;
        yield piece;
        piece = '';
    }
    yield `${piece}\n`;
}
/** A list whose elements are created during iteration, again for each iteration. */
function oneByOne(items, make) {
    return {
        *[Symbol.iterator]() {
            for (const item of items)
                yield make(item);
        },
    };
}
/** @param lineBreak a newline and the indentation of the value */
function* parts(value, lineBreak, depth) {
    if (depth === 0 || typeof value !== 'object' || value === null) {
        // Newlines in JSON text come from the serializer: those in strings are escaped.
        yield JSON.stringify(value ?? null, undefined, 2).replaceAll('\n', lineBreak);
        return;
    }
    const inner = `${lineBreak}  `;
    const [open, close] = isList(value) ? '[]' : '{}';
    let before = open;
    if (isList(value) && !Array.isArray(value)) {
        for (const element of value) {
            yield `${before}${inner}${JSON.stringify(element)}`;
            before = ',';
        }
    }
    else {
        for (const [name, member] of members(value)) {
            yield name === undefined ? `${before}${inner}` : `${before}${inner}${JSON.stringify(name)}: `;
            yield* parts(member, inner, depth - 1);
            before = ',';
        }
    }
    yield before === ',' ? `${lineBreak}${close}` : `${open}${close}`;
}
function isList(value) {
    return Symbol.iterator in value;
}
/** The elements of a list, or the members of an object with their names. */
function* members(value) {
    if (isList(value))
        for (const member of value)
            yield [undefined, member];
    else
        for (const entry of Object.entries(value))
            if (entry[1] !== undefined)
                yield entry;
}


/***/ }),

/***/ 35398:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K0: () => (/* binding */ vendorAdvisory),
/* harmony export */   Le: () => (/* binding */ advisoryUrl),
/* harmony export */   Oo: () => (/* binding */ linkedArtifactsUrl),
/* harmony export */   tr: () => (/* binding */ consoleLinks)
/* harmony export */ });
/** Links to advisories and to the AWS console. Only addresses of a known form become links. */
/** The page that describes a vulnerability; undefined for an ID of an unknown form. */
function advisoryUrl(id) {
    if (/^CVE-\d{4}-\d{4,12}$/.test(id))
        return `https://nvd.nist.gov/vuln/detail/${id}`;
    if (/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/.test(id))
        return `https://github.com/advisories/${id}`;
    return undefined;
}
// The sites on which the vendors that Inspector uses publish their advisories.
const VENDORS = new Map(Object.entries({
    'access.redhat.com': 'Red Hat',
    'alas.aws.amazon.com': 'Amazon Linux',
    'errata.almalinux.org': 'AlmaLinux',
    'errata.rockylinux.org': 'Rocky Linux',
    'explore.alas.aws.amazon.com': 'Amazon Linux',
    'linux.oracle.com': 'Oracle Linux',
    'people.canonical.com': 'Ubuntu',
    'security-tracker.debian.org': 'Debian',
    'security.alpinelinux.org': 'Alpine',
    'ubuntu.com': 'Ubuntu',
    'www.suse.com': 'SUSE',
}));
/** The vendor's advisory behind a finding; undefined for any other address. */
function vendorAdvisory(sourceUrl) {
    if (sourceUrl === undefined || !/^https:\/\/[a-z.-]+\/[\w./~%?=&#-]{1,200}$/.test(sourceUrl))
        return undefined;
    const { hostname, href } = new URL(sourceUrl);
    const vendor = VENDORS.get(hostname);
    return vendor === undefined ? undefined : { vendor, url: href };
}
/** The page of an organization's linked artifacts on github.com or another GitHub server; undefined for any other address. */
function linkedArtifactsUrl(page) {
    const isKnown = page !== undefined && /^https?:\/\/[\w.-]{1,253}(:\d{1,5})?\/orgs\/[\w-]{1,100}\/artifacts$/.test(page);
    return isKnown ? page : undefined;
}
/** Pages of the AWS console about an image; none for a Region with an unknown console. */
function consoleLinks({ account, region, repository, digest, }) {
    const host = consoleHost(region);
    const known = /^\d{12}$/.test(account) &&
        /^[a-z0-9/._-]{2,256}$/.test(repository) &&
        /^sha256:[0-9a-f]{64}$/.test(digest);
    if (host === undefined || !known)
        return [];
    return [
        {
            name: 'Amazon ECR',
            url: `https://${host}/ecr/repositories/private/${account}/${repository}/_/image/${digest}/details?region=${region}`,
        },
        { name: 'Amazon Inspector', url: `https://${host}/inspector/v2/home?region=${region}#/findings/all` },
    ];
}
function consoleHost(region) {
    if (/^cn-[a-z]+-\d$/.test(region))
        return `${region}.console.amazonaws.cn`;
    if (/^us-gov-[a-z]+-\d$/.test(region))
        return `${region}.console.amazonaws-us-gov.com`;
    if (/^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/.test(region))
        return `${region}.console.aws.amazon.com`;
    return undefined;
}


/***/ }),

/***/ 4310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HL: () => (/* binding */ enumerate),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   _G: () => (/* binding */ VERDICT_WORDS),
/* harmony export */   j7: () => (/* binding */ MARKS)
/* harmony export */ });
const MARKS = {
    pass: '✅',
    warn: '⚠️',
    block: '⛔',
    error: '❌',
};
const VERDICT_WORDS = {
    pass: 'Passed',
    warn: 'Passed with warnings',
    block: 'Blocked',
    error: 'No verdict',
};
/** `1 finding`, `2 findings`. */
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
/** `a`, `a and b`, `a, b and c`. */
function enumerate(texts) {
    return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
/** A text in which every digest is shortened to its first twelve digits. */
function shortDigest(text) {
    return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/g, '$1');
}


/***/ }),

/***/ 40586:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Go: () => (/* binding */ isScannedByEcr),
/* harmony export */   KH: () => (/* binding */ heldBackByEcr),
/* harmony export */   L8: () => (/* binding */ classify),
/* harmony export */   LJ: () => (/* binding */ heldBackByInspector),
/* harmony export */   Yx: () => (/* binding */ ECR_STATUS),
/* harmony export */   h1: () => (/* binding */ classifyBasic)
/* harmony export */ });
/* unused harmony export COVERAGE_REASON */
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41956);
/** Decides from the answers of ECR and Inspector whether an image is scanned. Pure; the tables are the rule. */

const REBUILD = 'Build the image on an operating system and in a format that Amazon Inspector supports.';
const SHRINK = 'Make the image smaller: it is larger than Amazon Inspector can scan.';
const PUSH_AGAIN = 'Delete the image and push it again, because only a push starts a scan; in a pull-through cache, delete it and pull it once. To keep images scanned for longer, extend the re-scan duration in Amazon Inspector.';
const CONFIGURE = 'Turn on enhanced scanning for this repository: ECR console, Private registry, Scanning configuration (aws ecr put-registry-scanning-configuration).';
const RESTORE = 'Restore the image in ECR, or push it again.';
const PERMIT = 'Allow Amazon Inspector to read the repository: check the repository policy, and the key policy of the KMS key that encrypts the repository.';
/** ECR's ScanStatus values. A value that is not listed never means "scanned". Source: ECR API, ImageScanStatus. */
const ECR_STATUS = {
    ACTIVE: 'scanned',
    COMPLETE: 'scanned',
    PENDING: 'waiting',
    IN_PROGRESS: 'waiting',
    FAILED: { nextStep: REBUILD },
    UNSUPPORTED_IMAGE: { nextStep: REBUILD },
    IMAGE_SIZE_EXCEEDED: { nextStep: SHRINK },
    SCAN_ELIGIBILITY_EXPIRED: { nextStep: PUSH_AGAIN },
    FINDINGS_UNAVAILABLE: { nextStep: PUSH_AGAIN },
    LIMIT_EXCEEDED: {
        nextStep: 'The account has reached a scan limit: check the service quotas of ECR and Amazon Inspector.',
    },
    IMAGE_ARCHIVED: { nextStep: RESTORE },
};
/**
 * Inspector's ScanStatusReason values for images. A value that is not listed never means "scanned".
 * Source: Inspector API, ScanStatus, and the user guide on coverage.
 */
const COVERAGE_REASON = {
    SUCCESSFUL: 'scanned',
    SCAN_FREQUENCY_SCAN_ON_PUSH: 'scanned',
    PENDING_INITIAL_SCAN: 'waiting',
    SCAN_IN_PROGRESS: 'waiting',
    PENDING_REVIVAL_SCAN: 'waiting',
    INTERNAL_ERROR: 'waiting',
    UNSUPPORTED_OS: { nextStep: REBUILD },
    UNSUPPORTED_MEDIA_TYPE: { nextStep: REBUILD },
    IMAGE_SIZE_EXCEEDED: { nextStep: SHRINK },
    STORAGE_LIMIT_EXCEEDED: { nextStep: REBUILD },
    EXTRACTION_COLLECTION_TIME_LIMIT_EXCEEDED: { nextStep: REBUILD },
    INVALID_ARTIFACT: { nextStep: REBUILD },
    SCAN_ELIGIBILITY_EXPIRED: { nextStep: PUSH_AGAIN },
    IMAGE_ARCHIVED: { nextStep: RESTORE },
    SCAN_FREQUENCY_MANUAL: { nextStep: CONFIGURE },
    PENDING_DISABLE: {
        nextStep: 'Amazon Inspector is being disabled for this account: enable it again (aws inspector2 enable --resource-types ECR).',
    },
    RESOURCE_TERMINATED: {
        nextStep: 'The image was deleted: push it again. If the repository is a pull-through cache, pull the image once instead.',
    },
    ACCESS_DENIED: { nextStep: PERMIT },
    ACCESS_DENIED_TO_ENCRYPTION_KEY: { nextStep: PERMIT },
    EXCLUDED_BY_TAG: { nextStep: 'Remove the tag that excludes this resource from Amazon Inspector.' },
};
/** The reason of an image that is scanned once, so that its status code is INACTIVE after the scan. */
const SCANNED_ONCE = 'SCAN_FREQUENCY_SCAN_ON_PUSH';
/**
 * Whether an image is scanned, is waiting for its scan, or cannot be scanned. It is scanned only if ECR and every
 * coverage row report that, with a scan between the push and now. A terminal status of either service ends the wait.
 * Any other status, an unknown one included, is waiting.
 */
function classify({ ecrStatus, coverage, imageStatus, pushedAt, now }) {
    if (imageStatus === 'ARCHIVED')
        return unscannable('the image is archived', RESTORE);
    const ecr = meaningOf(ECR_STATUS, ecrStatus);
    const terminal = coverage.flatMap(({ reason }) => {
        const meaning = meaningOf(COVERAGE_REASON, reason);
        return typeof meaning === 'object'
            ? [{ report: `Inspector reports ${reason}`, nextStep: meaning.nextStep }]
            : [];
    });
    // Inspector's reason is more specific than ECR's status, so it comes first.
    if (typeof ecr === 'object')
        terminal.push({ report: `ECR reports ${ecrStatus}`, nextStep: ecr.nextStep });
    const [first] = terminal;
    if (first !== undefined) {
        return unscannable(terminal.map(({ report }) => report).join(', '), first.nextStep);
    }
    if (imageStatus !== undefined && imageStatus !== 'ACTIVE')
        return waiting(`ECR reports the image as ${imageStatus}`);
    const held = heldBackByEcr(ecrStatus);
    if (held !== undefined)
        return waiting(held);
    if (coverage.length === 0)
        return waiting('Inspector has no record of the image yet');
    for (const { statusCode, reason, lastScannedAt } of coverage) {
        const finished = reason === SCANNED_ONCE ? isKnownCode(statusCode) : reason === 'SUCCESSFUL' && statusCode === 'ACTIVE';
        if (!finished)
            return waiting(`Inspector reports ${statusCode} ${reason}`);
        if (lastScannedAt === undefined)
            return waiting(`Inspector reports ${reason} without the time of a scan`);
        const doubt = reasonToDoubt('Inspector', lastScannedAt, pushedAt, now);
        if (doubt !== undefined)
            return waiting(doubt);
    }
    const latest = Math.max(...coverage.map(({ lastScannedAt }) => lastScannedAt?.getTime() ?? Number.NaN));
    return {
        kind: 'scanned',
        scannedAt: new Date(latest),
        monitored: coverage.every(({ reason }) => reason !== SCANNED_ONCE),
    };
}
/**
 * Why ECR's status alone keeps an image waiting; undefined if it does not. It only selects which service is polled:
 * an image is scanned only by `classify`, from the answers of both.
 */
function heldBackByEcr(ecrStatus) {
    return meaningOf(ECR_STATUS, ecrStatus) === 'waiting'
        ? `ECR reports ${ecrStatus ?? 'no scan yet'}`
        : undefined;
}
/** Whether ECR's status by itself means that the image is scanned. */
function isScannedByEcr(ecrStatus) {
    return meaningOf(ECR_STATUS, ecrStatus) === 'scanned';
}
/** The same as `heldBackByEcr` for Inspector's coverage. */
function heldBackByInspector(facts) {
    const state = classify({ ...facts, ecrStatus: 'ACTIVE' });
    return state.kind === 'waiting' ? state.reason : undefined;
}
/** Why a scan's time is not evidence that the pushed image was scanned; undefined if it is. */
function reasonToDoubt(service, scannedAt, pushedAt, now) {
    // The comparison is false for an invalid date.
    if (!(scannedAt >= pushedAt))
        return `${service} has not scanned the image since it was pushed`;
    return scannedAt.getTime() - now.getTime() <= _time_js__WEBPACK_IMPORTED_MODULE_0__/* .CLOCK_SKEW_MS */ .rn
        ? undefined
        : `${service} reports a scan in the future (${scannedAt.toISOString()})`;
}
function isKnownCode(statusCode) {
    return statusCode === 'ACTIVE' || statusCode === 'INACTIVE';
}
function meaningOf(table, status) {
    return status !== undefined && Object.hasOwn(table, status) ? (table[status] ?? 'waiting') : 'waiting';
}
function waiting(reason) {
    return { kind: 'waiting', reason };
}
function unscannable(reason, nextStep) {
    return { kind: 'unscannable', reason, nextStep };
}
/** The same for basic scanning: an image is scanned only if ECR reports COMPLETE and a time between the push and now. */
function classifyBasic(facts) {
    const { ecrStatus, completedAt, imageStatus, pushedAt, now } = facts;
    if (imageStatus === 'ARCHIVED')
        return unscannable('the image is archived', RESTORE);
    const meaning = meaningOf(ECR_STATUS, ecrStatus);
    if (typeof meaning === 'object')
        return unscannable(`ECR reports ${ecrStatus}`, meaning.nextStep);
    if (ecrStatus === 'ACTIVE') {
        return unscannable('ECR reports ACTIVE, which only enhanced scanning reports', 'Set scan-type: enhanced, or remove the input.');
    }
    if (ecrStatus !== 'COMPLETE')
        return waiting(`ECR reports ${ecrStatus ?? 'no scan yet'}`);
    if (completedAt === undefined)
        return waiting('ECR reports COMPLETE without the time of a scan');
    const doubt = reasonToDoubt('ECR', completedAt, pushedAt, now);
    if (doubt !== undefined)
        return waiting(doubt);
    return { kind: 'scanned', scannedAt: completedAt, monitored: false };
}


/***/ })

};

export const id = 7027;
export const ids = [7027];
export const modules = {

/***/ 49404:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

const { valid, clean, explain, parse } = __webpack_require__(56212);

const { lt, le, eq, ne, ge, gt, compare, rcompare } = __webpack_require__(94006);

const {
  filter,
  maxSatisfying,
  minSatisfying,
  RANGE_PATTERN,
  satisfies,
  validRange,
} = __webpack_require__(10652);

const { major, minor, patch, inc } = __webpack_require__(63474);

module.exports = {
  // version
  valid,
  clean,
  explain,
  parse,

  // operator
  lt,
  le,
  lte: le,
  eq,
  ne,
  neq: ne,
  ge,
  gte: ge,
  gt,
  compare,
  rcompare,

  // range
  filter,
  maxSatisfying,
  minSatisfying,
  RANGE_PATTERN,
  satisfies,
  validRange,

  // semantic
  major,
  minor,
  patch,
  inc,
};


/***/ }),

/***/ 94006:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

const { parse } = __webpack_require__(56212);

module.exports = {
  compare,
  rcompare,
  lt,
  le,
  eq,
  ne,
  ge,
  gt,
  '<': lt,
  '<=': le,
  '==': eq,
  '!=': ne,
  '>=': ge,
  '>': gt,
  '===': arbitrary,
};

function lt(version, other) {
  return compare(version, other) < 0;
}

function le(version, other) {
  return compare(version, other) <= 0;
}

function eq(version, other) {
  return compare(version, other) === 0;
}

function ne(version, other) {
  return compare(version, other) !== 0;
}

function ge(version, other) {
  return compare(version, other) >= 0;
}

function gt(version, other) {
  return compare(version, other) > 0;
}

function arbitrary(version, other) {
  return version.toLowerCase() === other.toLowerCase();
}

function compare(version, other) {
  const parsedVersion = parse(version);
  const parsedOther = parse(other);

  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);

  return pyCompare(keyVersion, keyOther);
}

function rcompare(version, other) {
  return -compare(version, other);
}

// this logic is buitin in python, but we need to port it to js
// see https://stackoverflow.com/a/5292332/1438522
function pyCompare(elemIn, otherIn) {
  let elem = elemIn;
  let other = otherIn;
  if (elem === other) {
    return 0;
  }
  if (Array.isArray(elem) !== Array.isArray(other)) {
    elem = Array.isArray(elem) ? elem : [elem];
    other = Array.isArray(other) ? other : [other];
  }
  if (Array.isArray(elem)) {
    const len = Math.min(elem.length, other.length);
    for (let i = 0; i < len; i += 1) {
      const res = pyCompare(elem[i], other[i]);
      if (res !== 0) {
        return res;
      }
    }
    return elem.length - other.length;
  }
  if (elem === -Infinity || other === Infinity) {
    return -1;
  }
  if (elem === Infinity || other === -Infinity) {
    return 1;
  }
  return elem < other ? -1 : 1;
}

function calculateKey(input) {
  const { epoch } = input;
  let { release, pre, post, local, dev } = input;
  // When we compare a release version, we want to compare it with all of the
  // trailing zeros removed. So we'll use a reverse the list, drop all the now
  // leading zeros until we come to something non zero, then take the rest
  // re-reverse it back into the correct order and make it a tuple and use
  // that for our sorting key.
  release = release.concat();
  release.reverse();
  while (release.length && release[0] === 0) {
    release.shift();
  }
  release.reverse();

  // We need to "trick" the sorting algorithm to put 1.0.dev0 before 1.0a0.
  // We'll do this by abusing the pre segment, but we _only_ want to do this
  // if there is !a pre or a post segment. If we have one of those then
  // the normal sorting rules will handle this case correctly.
  if (!pre && !post && dev) pre = -Infinity;
  // Versions without a pre-release (except as noted above) should sort after
  // those with one.
  else if (!pre) pre = Infinity;

  // Versions without a post segment should sort before those with one.
  if (!post) post = -Infinity;

  // Versions without a development segment should sort after those with one.
  if (!dev) dev = Infinity;

  if (!local) {
    // Versions without a local segment should sort before those with one.
    local = -Infinity;
  } else {
    // Versions with a local segment need that segment parsed to implement
    // the sorting rules in PEP440.
    // - Alpha numeric segments sort before numeric segments
    // - Alpha numeric segments sort lexicographically
    // - Numeric segments sort numerically
    // - Shorter versions sort before longer versions when the prefixes
    //   match exactly
    local = local.map((i) =>
      Number.isNaN(Number(i)) ? [-Infinity, i] : [Number(i), ''],
    );
  }

  return [epoch, release, pre, post, dev, local];
}


/***/ }),

/***/ 63474:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

const { explain, parse, stringify } = __webpack_require__(56212);

// those notation are borrowed from semver
module.exports = {
  major,
  minor,
  patch,
  inc,
};

function major(input) {
  const version = explain(input);
  if (!version) {
    throw new TypeError('Invalid Version: ' + input);
  }
  return version.release[0];
}

function minor(input) {
  const version = explain(input);
  if (!version) {
    throw new TypeError('Invalid Version: ' + input);
  }
  if (version.release.length < 2) {
    return 0;
  }
  return version.release[1];
}

function patch(input) {
  const version = explain(input);
  if (!version) {
    throw new TypeError('Invalid Version: ' + input);
  }
  if (version.release.length < 3) {
    return 0;
  }
  return version.release[2];
}

function inc(input, release, preReleaseIdentifier) {
  let identifier = preReleaseIdentifier || `a`;
  const version = parse(input);

  if (!version) {
    return null;
  }

  if (
    !['a', 'b', 'c', 'rc', 'alpha', 'beta', 'pre', 'preview'].includes(
      identifier,
    )
  ) {
    return null;
  }

  switch (release) {
    case 'premajor':
      {
        const [majorVersion] = version.release;
        version.release.fill(0);
        version.release[0] = majorVersion + 1;
      }
      version.pre = [identifier, 0];
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'preminor':
      {
        const [majorVersion, minorVersion = 0] = version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion + 1;
      }
      version.pre = [identifier, 0];
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'prepatch':
      {
        const [majorVersion, minorVersion = 0, patchVersion = 0] =
          version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion;
        version.release[2] = patchVersion + 1;
      }
      version.pre = [identifier, 0];
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'prerelease':
      if (version.pre === null) {
        const [majorVersion, minorVersion = 0, patchVersion = 0] =
          version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion;
        version.release[2] = patchVersion + 1;
        version.pre = [identifier, 0];
      } else {
        if (preReleaseIdentifier === undefined && version.pre !== null) {
          [identifier] = version.pre;
        }

        const [letter, number] = version.pre;
        if (letter === identifier) {
          version.pre = [letter, number + 1];
        } else {
          version.pre = [identifier, 0];
        }
      }

      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'major':
      if (
        version.release.slice(1).some((value) => value !== 0) ||
        version.pre === null
      ) {
        const [majorVersion] = version.release;
        version.release.fill(0);
        version.release[0] = majorVersion + 1;
      }
      delete version.pre;
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'minor':
      if (
        version.release.slice(2).some((value) => value !== 0) ||
        version.pre === null
      ) {
        const [majorVersion, minorVersion = 0] = version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion + 1;
      }
      delete version.pre;
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'patch':
      if (
        version.release.slice(3).some((value) => value !== 0) ||
        version.pre === null
      ) {
        const [majorVersion, minorVersion = 0, patchVersion = 0] =
          version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion;
        version.release[2] = patchVersion + 1;
      }
      delete version.pre;
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    default:
      return null;
  }

  return stringify(version);
}


/***/ }),

/***/ 10652:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

// This file is dual licensed under the terms of the Apache License, Version
// 2.0, and the BSD License. See the LICENSE file in the root of this repository
// for complete details.

const { VERSION_PATTERN, explain: explainVersion } = __webpack_require__(56212);

const Operator = __webpack_require__(94006);

const RANGE_PATTERN = [
  '(?<operator>(===|~=|==|!=|<=|>=|<|>))',
  '\\s*',
  '(',
  /*  */ '(?<version>(?:' + VERSION_PATTERN.replace(/\?<\w+>/g, '?:') + '))',
  /*  */ '(?<prefix>\\.\\*)?',
  /*  */ '|',
  /*  */ '(?<legacy>[^,;\\s)]+)',
  ')',
].join('');

module.exports = {
  RANGE_PATTERN,
  parse,
  satisfies,
  filter,
  validRange,
  maxSatisfying,
  minSatisfying,
};

const isEqualityOperator = (op) => ['==', '!=', '==='].includes(op);

const rangeRegex = new RegExp('^' + RANGE_PATTERN + '$', 'i');

function parse(ranges) {
  if (!ranges.trim()) {
    return [];
  }

  const specifiers = ranges
    .split(',')
    .map((range) => rangeRegex.exec(range.trim()) || {})
    .map(({ groups }) => {
      if (!groups) {
        return null;
      }

      let { ...spec } = groups;
      const { operator, version, prefix, legacy } = groups;

      if (version) {
        spec = { ...spec, ...explainVersion(version) };
        if (operator === '~=') {
          if (spec.release.length < 2) {
            return null;
          }
        }
        if (!isEqualityOperator(operator) && spec.local) {
          return null;
        }

        if (prefix) {
          if (!isEqualityOperator(operator) || spec.dev || spec.local) {
            return null;
          }
        }
      }
      if (legacy && operator !== '===') {
        return null;
      }

      return spec;
    });

  if (specifiers.filter(Boolean).length !== specifiers.length) {
    return null;
  }

  return specifiers;
}

function filter(versions, specifier, options = {}) {
  const filtered = pick(versions, specifier, options);
  if (filtered.length === 0 && options.prereleases === undefined) {
    return pick(versions, specifier, { prereleases: true });
  }
  return filtered;
}

function maxSatisfying(versions, range, options) {
  const found = filter(versions, range, options).sort(Operator.compare);
  return found.length === 0 ? null : found[found.length - 1];
}

function minSatisfying(versions, range, options) {
  const found = filter(versions, range, options).sort(Operator.compare);
  return found.length === 0 ? null : found[0];
}

function pick(versions, specifier, options) {
  const parsed = parse(specifier);

  if (!parsed) {
    return [];
  }

  return versions.filter((version) => {
    const explained = explainVersion(version);

    if (!parsed.length) {
      return explained && !(explained.is_prerelease && !options.prereleases);
    }

    return parsed.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options }, { version, explained });
    }, true);
  });
}

function satisfies(version, specifier, options = {}) {
  const filtered = pick([version], specifier, options);

  return filtered.length === 1;
}

function arrayStartsWith(array, prefix) {
  if (prefix.length > array.length) {
    return false;
  }

  for (let i = 0; i < prefix.length; i += 1) {
    if (prefix[i] !== array[i]) {
      return false;
    }
  }

  return true;
}

function contains(specifier, input) {
  const { explained } = input;
  let { version } = input;
  const { ...spec } = specifier;

  if (spec.prereleases === undefined) {
    spec.prereleases = spec.is_prerelease;
  }

  if (explained && explained.is_prerelease && !spec.prereleases) {
    return false;
  }

  if (spec.operator === '~=') {
    let compatiblePrefix = spec.release.slice(0, -1).concat('*').join('.');
    if (spec.epoch) {
      compatiblePrefix = spec.epoch + '!' + compatiblePrefix;
    }
    return satisfies(version, `>=${spec.version}, ==${compatiblePrefix}`, {
      prereleases: spec.prereleases,
    });
  }

  if (spec.prefix) {
    const isMatching =
      explained.epoch === spec.epoch &&
      arrayStartsWith(explained.release, spec.release);
    const isEquality = spec.operator !== '!=';
    return isEquality ? isMatching : !isMatching;
  }

  if (explained)
    if (explained.local && spec.version) {
      version = explained.public;
      spec.version = explainVersion(spec.version).public;
    }

  if (spec.operator === '<' || spec.operator === '>') {
    // simplified version of https://www.python.org/dev/peps/pep-0440/#exclusive-ordered-comparison
    if (Operator.eq(spec.release.join('.'), explained.release.join('.'))) {
      return false;
    }
  }

  const op = Operator[spec.operator];
  return op(version, spec.version || spec.legacy);
}

function validRange(specifier) {
  return Boolean(parse(specifier));
}


/***/ }),

/***/ 56212:
/***/ ((module) => {

const VERSION_PATTERN = [
  'v?',
  '(?:',
  /* */ '(?:(?<epoch>[0-9]+)!)?', // epoch
  /* */ '(?<release>[0-9]+(?:\\.[0-9]+)*)', // release segment
  /* */ '(?<pre>', // pre-release
  /*    */ '[-_\\.]?',
  /*    */ '(?<pre_l>(a|b|c|rc|alpha|beta|pre|preview))',
  /*    */ '[-_\\.]?',
  /*    */ '(?<pre_n>[0-9]+)?',
  /* */ ')?',
  /* */ '(?<post>', // post release
  /*    */ '(?:-(?<post_n1>[0-9]+))',
  /*    */ '|',
  /*    */ '(?:',
  /*        */ '[-_\\.]?',
  /*        */ '(?<post_l>post|rev|r)',
  /*        */ '[-_\\.]?',
  /*        */ '(?<post_n2>[0-9]+)?',
  /*    */ ')',
  /* */ ')?',
  /* */ '(?<dev>', // dev release
  /*    */ '[-_\\.]?',
  /*    */ '(?<dev_l>dev)',
  /*    */ '[-_\\.]?',
  /*    */ '(?<dev_n>[0-9]+)?',
  /* */ ')?',
  ')',
  '(?:\\+(?<local>[a-z0-9]+(?:[-_\\.][a-z0-9]+)*))?', // local version
].join('');

module.exports = {
  VERSION_PATTERN,
  valid,
  clean,
  explain,
  parse,
  stringify,
};

const validRegex = new RegExp('^' + VERSION_PATTERN + '$', 'i');

function valid(version) {
  return validRegex.test(version) ? version : null;
}

const cleanRegex = new RegExp('^\\s*' + VERSION_PATTERN + '\\s*$', 'i');
function clean(version) {
  return stringify(parse(version, cleanRegex));
}

function parse(version, regex) {
  // Validate the version and parse it into pieces
  const { groups } = (regex || validRegex).exec(version) || {};
  if (!groups) {
    return null;
  }

  // Store the parsed out pieces of the version
  const parsed = {
    epoch: Number(groups.epoch ? groups.epoch : 0),
    release: groups.release.split('.').map(Number),
    pre: normalize_letter_version(groups.pre_l, groups.pre_n),
    post: normalize_letter_version(
      groups.post_l,
      groups.post_n1 || groups.post_n2,
    ),
    dev: normalize_letter_version(groups.dev_l, groups.dev_n),
    local: parse_local_version(groups.local),
  };

  return parsed;
}

function stringify(parsed) {
  if (!parsed) {
    return null;
  }
  const { epoch, release, pre, post, dev, local } = parsed;
  const parts = [];

  // Epoch
  if (epoch !== 0) {
    parts.push(`${epoch}!`);
  }
  // Release segment
  parts.push(release.join('.'));

  // Pre-release
  if (pre) {
    parts.push(pre.join(''));
  }
  // Post-release
  if (post) {
    parts.push('.' + post.join(''));
  }
  // Development release
  if (dev) {
    parts.push('.' + dev.join(''));
  }
  // Local version segment
  if (local) {
    parts.push(`+${local}`);
  }
  return parts.join('');
}

function normalize_letter_version(letterIn, numberIn) {
  let letter = letterIn;
  let number = numberIn;
  if (letter) {
    // We consider there to be an implicit 0 in a pre-release if there is
    // not a numeral associated with it.
    if (!number) {
      number = 0;
    }
    // We normalize any letters to their lower case form
    letter = letter.toLowerCase();

    // We consider some words to be alternate spellings of other words and
    // in those cases we want to normalize the spellings to our preferred
    // spelling.
    if (letter === 'alpha') {
      letter = 'a';
    } else if (letter === 'beta') {
      letter = 'b';
    } else if (['c', 'pre', 'preview'].includes(letter)) {
      letter = 'rc';
    } else if (['rev', 'r'].includes(letter)) {
      letter = 'post';
    }
    return [letter, Number(number)];
  }
  if (!letter && number) {
    // We assume if we are given a number, but we are not given a letter
    // then this is using the implicit post release syntax (e.g. 1.0-1)
    letter = 'post';

    return [letter, Number(number)];
  }
  return null;
}

function parse_local_version(local) {
  /*
    Takes a string like abc.1.twelve and turns it into("abc", 1, "twelve").
    */
  if (local) {
    return local
      .split(/[._-]/)
      .map((part) =>
        Number.isNaN(Number(part)) ? part.toLowerCase() : Number(part),
      );
  }
  return null;
}

function explain(version) {
  const parsed = parse(version);
  if (!parsed) {
    return parsed;
  }
  const { epoch, release, pre, post, dev, local } = parsed;

  let base_version = '';
  if (epoch !== 0) {
    base_version += epoch + '!';
  }
  base_version += release.join('.');

  const is_prerelease = Boolean(dev || pre);
  const is_devrelease = Boolean(dev);
  const is_postrelease = Boolean(post);

  // return

  return {
    epoch,
    release,
    pre,
    post: post ? post[1] : post,
    dev: dev ? dev[1] : dev,
    local: local ? local.join('.') : local,
    public: stringify(parsed).split('+', 1)[0],
    base_version,
    is_prerelease,
    is_devrelease,
    is_postrelease,
  };
}


/***/ }),

/***/ 72549:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ compareBases),
/* harmony export */   c: () => (/* binding */ verdictAfter)
/* harmony export */ });
/* harmony import */ var _results_order_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58928);

/**
 * What a rebuild on a newer base image changes, all platforms together; undefined if it does not make the verdict
 * better, if a platform of the image has no base, or if the two lists contradict each other.
 *
 * - A finding is resolved if, on every platform that has it, all of its packages are in layers of the base image, and the
 *   newer base image has no open finding of this vulnerability, in whatever package, under any of its names. A suppressed
 *   finding is an open one.
 * - A finding of the newer base image is added unless the image keeps a finding of the same vulnerability that is at least as
 *   severe and has at least the same effect.
 * @param findings all findings of the image, as they were judged
 * @param bases by the digest of the platform image
 * @param before the verdict on `findings`
 * @param judge judges findings of the image in the same way
 */
function compareBases(findings, bases, before, judge) {
    const present = findings.filter(isOpen);
    if (present.some(({ digest }) => !bases.has(digest)))
        return undefined;
    const newer = [...bases.values()].flatMap(({ newer: list = [] }) => list.filter(isOpen));
    const known = new Set(findings.map(({ id }) => id));
    // The ids tell which findings a rebuild adds.
    if (newer.some(({ id }) => known.has(id)))
        return undefined;
    const names = new Set(newer.flatMap(namesOf));
    const isGone = (finding) => {
        const base = bases.get(finding.digest);
        if (base?.newer === undefined || finding.packages.length === 0)
            return false;
        return (finding.packages.every(({ layer }) => layer !== undefined && base.layers.has(layer)) &&
            !namesOf(finding).some((name) => names.has(name)));
    };
    const byId = Map.groupBy(present, ({ id }) => id);
    const membersOf = ({ ids }) => ids.flatMap((id) => byId.get(id) ?? []);
    const resolves = before.judged.filter((judged) => {
        const members = membersOf(judged);
        return members.length > 0 && members.every(isGone);
    });
    const removed = new Set(resolves.flatMap(membersOf));
    const kept = findings.filter((finding) => !removed.has(finding));
    const effects = effectsIn(judge([...kept, ...newer]));
    // Of findings with the same id, it is not certain which effect is whose.
    const sure = kept.filter((finding) => isOpen(finding) && byId.get(finding.id)?.length === 1);
    const strictness = strictnessOf(sure, effects);
    const isCovered = (finding) => namesOf(finding).some((name) => strictness
        .get(name)
        ?.slice(rank(effects.get(finding.id)))
        .some((order) => order <= (0,_results_order_js__WEBPACK_IMPORTED_MODULE_0__/* .severityOrder */ .IY)(finding.severity)));
    const added = newer.filter((finding) => !isCovered(finding));
    const after = judge([...kept, ...added]);
    const addedIds = new Set(added.map(({ id }) => id));
    const adds = after.judged.filter(({ ids }) => ids.every((id) => addedIds.has(id)));
    if (!isBetter(after, before))
        return undefined;
    return { resolves, adds, verdict: after.verdict, exceededLimits: after.exceededLimits };
}
/**
 * The verdict by today's findings after a rebuild, for the plan of what is left to do. What does not depend on the findings
 * that are judged stays as it is.
 */
function verdictAfter(verdict, change) {
    const gone = new Set(change.resolves);
    const judged = [...verdict.judged.filter((finding) => !gone.has(finding)), ...change.adds];
    return {
        ...verdict,
        verdict: change.verdict,
        judged,
        blocking: judged.filter(({ effect }) => effect === 'block').length,
        exceededLimits: change.exceededLimits,
    };
}
function isOpen({ status }) {
    return status !== 'CLOSED';
}
/** For each name of a vulnerability, and each effect, where the worst severity of its findings stands in the order. */
function strictnessOf(findings, effects) {
    const found = new Map();
    for (const finding of findings) {
        const at = rank(effects.get(finding.id));
        for (const name of namesOf(finding)) {
            const orders = found.get(name) ?? RANK.map(() => Number.POSITIVE_INFINITY);
            orders[at] = Math.min(orders[at] ?? Number.POSITIVE_INFINITY, (0,_results_order_js__WEBPACK_IMPORTED_MODULE_0__/* .severityOrder */ .IY)(finding.severity));
            found.set(name, orders);
        }
    }
    return found;
}
/** The names of a vulnerability, such as its CVE and its GHSA, on one platform image. */
function namesOf({ digest, vulnerabilityId, relatedIds }) {
    const names = [vulnerabilityId, ...relatedIds].map((name) => name.trim().toUpperCase());
    return [...new Set(names)].map((name) => `${digest} ${name}`);
}
const RANK = [undefined, 'allow', 'warn', 'block'];
/** Where an effect stands, 0 for a finding that is not judged. */
function rank(effect) {
    return RANK.indexOf(effect);
}
/** The effect of each finding by its id, the worst of several; none for what is not judged. */
function effectsIn({ judged }) {
    const effects = new Map();
    for (const { ids, effect } of judged) {
        for (const id of ids)
            if (rank(effect) > rank(effects.get(id)))
                effects.set(id, effect);
    }
    return effects;
}
/**
 * Whether a verdict is better: fewer findings block or limits are exceeded by less, and neither gets worse. Of an image that
 * is not blocked: whether fewer findings warn, and none blocks.
 */
function isBetter(after, before) {
    const [now, then] = [weigh(after), weigh(before)];
    if (now.blocking > then.blocking || now.excess > then.excess)
        return false;
    if (before.verdict === 'block')
        return now.blocking < then.blocking || now.excess < then.excess;
    return now.warning < then.warning;
}
function weigh({ judged, blocking, exceededLimits }) {
    return {
        blocking,
        excess: exceededLimits.reduce((sum, { allowed, found }) => sum + found - allowed, 0),
        warning: judged.filter(({ effect }) => effect === 'warn').length,
    };
}


/***/ }),

/***/ 43569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BH: () => (/* binding */ toleratedAnnotations),
/* harmony export */   IR: () => (/* binding */ errorAnnotation),
/* harmony export */   In: () => (/* binding */ levelOf),
/* harmony export */   hk: () => (/* binding */ annotations)
/* harmony export */ });
/* harmony import */ var _results_modes_gate_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(84900);
/* harmony import */ var _results_modes_verify_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2686);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(24686);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95964);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4310);
/* harmony import */ var _dockerfile_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20383);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(16589);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(30913);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(16878);
/** The annotations of a run: every error, why images are blocked, and exceptions that end soon. */









// GitHub shows no more than ten annotations of a level for a step.
const MAX_OF_LEVEL = 10;
const MAX_ENDING = 10;
const MAX_TITLE = 200;
const MAX_MESSAGE = 2_000;
// The longest path that Linux has.
const MAX_PATH = 4_096;
/**
 * The errors, the limits that are exceeded and the findings that block, as many as GitHub shows, with the number of the others;
 * and the exceptions that end within 14 days. Safe to print as they are.
 * @param dockerfile the image's Dockerfile in the checkout, for findings whose line is known
 */
function annotations(report, dockerfile) {
    const level = levelOf(report);
    const tolerated = toleratedAnnotations(report);
    const ending = endingAnnotations(report);
    const room = MAX_OF_LEVEL - [...tolerated, ...ending].filter((one) => one.level === level).length;
    const problems = problemsIn(report);
    const shown = problems.length > room ? problems.slice(0, room - 1) : problems;
    const rest = problems.slice(shown.length);
    return [
        ...tolerated,
        ...shown.map((problem) => problemAnnotation(problem, report, dockerfile)),
        ...(rest.length > 0 ? [restAnnotation(rest, level)] : []),
        ...ending,
    ];
}
/** The errors first, then the limits, then the findings. */
function problemsIn({ error, images }) {
    const ofRun = error === undefined ? [] : [{ kind: 'error', error, title: 'ECR Deployment Gate' }];
    const errors = images.flatMap((image) => image.outcome.kind === 'error' && !(error !== undefined && isNotReached(image.outcome.error))
        ? [
            {
                kind: 'error',
                error: image.outcome.error,
                title: `${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .verdictWords */ .L2)(image)}: ${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .shortName */ .EU)(image)}`,
            },
        ]
        : []);
    const limits = images.flatMap((image) => {
        const words = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .limitsExceededBy */ .f9)(image);
        return words.length === 0 ? [] : [{ kind: 'limits', image, words }];
    });
    const findings = images.flatMap((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .judgedWith */ .wJ)(image, 'block').map((finding) => ({ kind: 'finding', image, finding })));
    return [...ofRun, ...errors, ...limits, ...findings];
}
/** Whether an image has no verdict only because the run ended: the error of the run says why. */
function isNotReached({ code, message }) {
    return code === 'not-proven' && [_results_modes_gate_js__WEBPACK_IMPORTED_MODULE_6__/* .NOT_JUDGED */ .Gv, _results_modes_verify_js__WEBPACK_IMPORTED_MODULE_7__/* .NOT_REACHED */ .r].includes(message);
}
function problemAnnotation(problem, report, dockerfile) {
    const level = levelOf(report);
    const named = (image) => (report.images.length > 1 ? ` ${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .shortName */ .EU)(image)}` : ' this image');
    switch (problem.kind) {
        case 'error':
            return errorAnnotation(problem.error, problem.title, level);
        case 'limits':
            return {
                level,
                title: text(`${problem.words.length === 1 ? 'A limit of the policy blocks' : 'Limits of the policy block'}${named(problem.image)}`, MAX_TITLE),
                message: text(`${problem.words.join('; ')}.`, MAX_MESSAGE),
            };
        case 'finding': {
            const { finding } = problem.finding;
            return {
                level,
                title: text(`${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(finding.vulnerabilityId, 80)} blocks${named(problem.image)}`, MAX_TITLE),
                message: text((0,_log_js__WEBPACK_IMPORTED_MODULE_4__/* .findingLine */ .m)(problem.finding, report.judgedAt), MAX_MESSAGE),
                ...placeOf(finding, dockerfile),
            };
        }
    }
}
/** The number of the problems that have no annotation of their own. */
function restAnnotation(rest, level) {
    const areFindings = rest.every(({ kind }) => kind === 'finding');
    return areFindings
        ? {
            level,
            title: (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(rest.length, 'more blocking finding'),
            message: `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(rest.length, 'more finding')} ${rest.length === 1 ? 'blocks' : 'block'}. See the job summary.`,
        }
        : {
            level,
            title: (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(rest.length, 'more problem'),
            message: `There ${rest.length === 1 ? 'is' : 'are'} ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(rest.length, 'more problem')}. See the job summary.`,
        };
}
/** What does not fail the step is a warning. */
function levelOf({ tolerated }) {
    return tolerated ? 'warning' : 'error';
}
/** How many images did not pass, although the step succeeds. */
function toleratedAnnotations(report) {
    const words = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .toleratedWords */ .Oc)(report);
    return words === undefined
        ? []
        : [{ level: 'warning', title: 'Not enforced', message: text(`${words}.`, MAX_MESSAGE) }];
}
/** One warning for all exceptions that end soon. */
function endingAnnotations(report) {
    const ending = (0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .endingSoon */ .Ng)(report);
    if (ending.length === 0)
        return [];
    const shown = ending.slice(0, MAX_ENDING).map(({ exception, ends }) => {
        const [id = ''] = exception.ids;
        const more = exception.ids.length > 1 ? ` and ${exception.ids.length - 1} more` : '';
        return `${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(id, 80)}${more} (${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(exception.source, 100)}): ${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .untilWords */ .So)(ends, report.judgedAt)}`;
    });
    const left = ending.length - shown.length;
    const rest = left > 0 ? `; and ${left} more` : '';
    return [
        {
            level: 'warning',
            title: `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(ending.length, 'exception')} ${ending.length === 1 ? 'ends' : 'end'} within 14 days`,
            message: text(`${shown.join('; ')}${rest}. ${(0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .countAgain */ .CI)(ending.length)}`, MAX_MESSAGE),
        },
    ];
}
/** The line that all packages of the finding come from; nothing if they come from several. */
function placeOf({ packages }, dockerfile) {
    if (dockerfile === undefined)
        return {};
    const [first, ...others] = new Set(packages.map((found) => (0,_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .lineOfPackage */ .As)(dockerfile, found)?.line));
    return first === undefined || others.length > 0 ? {} : { file: dockerfile.path, startLine: first };
}
/** An error and what to do, at its place. */
function errorAnnotation(error, title, level) {
    const message = error.nextStep === undefined ? error.message : (0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .sentences */ .hC)(error.message, error.nextStep);
    const { location } = error;
    return {
        level,
        title: text(title, MAX_TITLE),
        message: text(message, MAX_MESSAGE),
        ...(location === undefined ? {} : { file: text(location.file, MAX_PATH), startLine: location.line }),
    };
}
function text(raw, max) {
    return (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)((0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(raw, max));
}


/***/ }),

/***/ 62566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B9: () => (/* binding */ OLD_MS),
/* harmony export */   KR: () => (/* binding */ sinceWords),
/* harmony export */   T6: () => (/* binding */ thenWords),
/* harmony export */   W2: () => (/* binding */ recommended),
/* harmony export */   aJ: () => (/* binding */ isShown),
/* harmony export */   hy: () => (/* binding */ ageOf),
/* harmony export */   mF: () => (/* binding */ changeWords)
/* harmony export */ });
/* harmony import */ var _results_order_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(58928);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36625);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41956);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4310);




/** A pull-through cache that is older than this may have missed a newer image. */
const OLD_MS = 7 * _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO;
/** The newer base image that comes first, with what it changes; undefined if none is known to make the verdict better. */
function recommended({ advice }) {
    return advice?.newer.find(({ change }) => change !== undefined)?.change;
}
/** `in ECR since 2026-11-23, 3 days ago`. */
function sinceWords(pushedAt, judgedAt) {
    const days = judgedAt === undefined ? undefined : Math.round(ageOf(pushedAt, judgedAt) / _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO);
    if (days === undefined || Number.isNaN(days))
        return `in ECR since ${(0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .day */ .vd)(pushedAt)}`;
    return days < 1
        ? 'in ECR for less than a day'
        : `in ECR since ${(0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .day */ .vd)(pushedAt)}, ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(days, 'day')} ago`;
}
/** How long ago ECR received an image when the findings were judged, in milliseconds. */
function ageOf(pushedAt, judgedAt) {
    return Math.max(0, judgedAt.getTime() - pushedAt.getTime());
}
/** `resolves 5 of the 7 blocking findings and adds 1 medium finding`. */
function changeWords(change, before) {
    return `resolves ${resolvedWords(change, before)} and ${addedWords(change)}`;
}
function resolvedWords({ resolves }, { verdict, judged, blocking }) {
    const [effect, noun] = verdict === 'block' ? ['block', 'blocking finding'] : ['warn', 'warning'];
    const all = verdict === 'block' ? blocking : judged.filter((finding) => finding.effect === effect).length;
    const count = resolves.filter((finding) => finding.effect === effect).length;
    // It resolves findings that count towards a limit.
    if (count === 0)
        return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(resolves.length, 'finding');
    if (count === all)
        return all === 1 ? `the ${noun}` : `all ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(all, noun)}`;
    return `${count} of the ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(all, noun)}`;
}
/** `adds 1 critical finding (blocks) and 2 medium findings`. */
function addedWords({ adds }) {
    if (adds.length === 0)
        return 'adds none';
    const groups = Map.groupBy(adds.toSorted((a, b) => order(a) - order(b)), ({ effect, finding }) => `${(0,_results_severity_js__WEBPACK_IMPORTED_MODULE_2__/* .severityWord */ .Oh)(finding.severity) ?? 'unknown'} ${effect}`);
    const parts = [...groups].map(([key, { length }]) => {
        const [severity = '', effect = ''] = key.split(' ');
        return `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(length, `${severity} finding`)}${EFFECTS[effect] ?? ''}`;
    });
    return `adds ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .enumerate */ .HL)(parts)}`;
}
const EFFECTS = { block: ' (blocks)', warn: ' (warns)' };
function order({ finding }) {
    return (0,_results_order_js__WEBPACK_IMPORTED_MODULE_3__/* .severityOrder */ .IY)(finding.severity);
}
/** `Then the image passes`; undefined if it is still blocked, or was not blocked before. */
function thenWords({ verdict }, before) {
    if (before.verdict !== 'block' || verdict === 'block')
        return undefined;
    return `Then the image passes${verdict === 'warn' ? ' with warnings' : ''}`;
}
/** Whether a newer base image is worth a line: what it changes is known, or it is the newer image behind the same tag. */
function isShown({ kind, change }) {
    return change !== undefined || kind === 'same-tag';
}


/***/ }),

/***/ 33158:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ commandBlock),
/* harmony export */   Z: () => (/* binding */ commandLines)
/* harmony export */ });
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75795);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8829);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(81477);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95964);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(16878);
/** The commands that verify images by hand, as an output and as a folded block of the summary. */





const MAX_COMMANDS = 20;
const MAX_COMMAND = 2_000;
/** The commands of the images that passed, one per line. */
function commandLines(images) {
    return images.flatMap(ofPassed).map(({ command }) => command);
}
/** The same as a folded block. A command that would have to be shortened is not shown. */
function commandBlock(images) {
    const all = images.flatMap(ofPassed);
    const shown = all.filter(({ command }) => command.length <= MAX_COMMAND).slice(0, MAX_COMMANDS);
    if (all.length === 0)
        return [];
    const groups = Map.groupBy(shown, ({ image }) => image);
    return [
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .details */ .zH)('🧾 Verify by hand', [
            '<p>With cosign 3 and jq, in a POSIX shell that is logged in to the registry. Each command fails if what it verifies does not hold.</p>',
            ...[...groups].flatMap(([image, commands]) => [
                `<p>${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .shortName */ .EU)(image), 300)}</p>`,
                ...commands.map(({ command }) => `<pre><code>${(0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .html */ .qy)(command)}</code></pre>`),
            ]),
            ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .more */ .OS)(all.length - shown.length),
        ]),
    ];
}
function ofPassed({ image, commands }) {
    if (!(0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__/* .allows */ .NB)((0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_4__/* .verdictOf */ .Vj)(image)))
        return [];
    return commands.flatMap((command) => (command === undefined ? [] : { image, command }));
}


/***/ }),

/***/ 18946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ renderComment)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(76365);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8829);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(81477);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95964);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4310);
/* harmony import */ var _comparison_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(40310);
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(77650);
/* harmony import */ var _steps_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(83754);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(74179);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(16878);
/**
 * The comment on a pull request: what a reviewer needs to know, and a link to the rest. It consists of the same HTML blocks
 * as the job summary, after a marker by which a later run finds it.
 */










const MAX_ROWS = 25;
const MAX_IMAGES = 50;
const MAX_PACKAGES = 3;
/**
 * Renders the comment. A section that does not fit is omitted: the summary of the run contains all of them.
 * @param limitBytes the most bytes the comment may have
 * @param news what comes before all other sections
 */
function renderComment(report, headline, { url, commit }, limitBytes, news = []) {
    const foot = footer(url, commit);
    const [first, ...others] = report.images;
    const opening = [(0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .heading */ .R_)(report.verdict, headline)];
    const sections = [
        first === undefined || others.length > 0 ? [] : [(0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .Vb)(first)],
        (0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .errorBlocks */ .pT)(report),
        news,
        (0,_comparison_js__WEBPACK_IMPORTED_MODULE_3__/* .comparison */ .my)(report),
        (0,_steps_js__WEBPACK_IMPORTED_MODULE_5__/* .nextSteps */ .Z)(report),
        others.length > 0 ? [imagesTable(report.images)] : [],
        blocking(report),
        (0,_comparison_js__WEBPACK_IMPORTED_MODULE_3__/* .changes */ .Ao)(report),
    ];
    const body = [...opening];
    for (const section of sections) {
        if (size([...body, ...section, foot]) <= limitBytes)
            body.push(...section);
    }
    return [...body, foot].join('\n\n');
}
function size(blocks) {
    return Buffer.byteLength(blocks.join('\n\n'));
}
function footer(url, commit) {
    const where = url === undefined ? 'the summary of the run' : `<a href="${(0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .html */ .qy)(url)}">the summary of the run</a>`;
    const what = commit === undefined ? '' : ` Commit: ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(commit.slice(0, 12))}.`;
    return `<p>See ${where} for the details.${what}</p>`;
}
function imagesTable(images) {
    const rows = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_8__/* .worstFirst */ .md)(images)
        .slice(0, MAX_IMAGES)
        .map((image) => {
        const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
        return [
            (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_7__/* .shortName */ .EU)(image), 300),
            (0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .digestCell */ .Ve)(image),
            (0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .verdictCell */ .s8)(image),
            `${verdict?.blocking ?? '–'}`,
        ];
    });
    const more = images.length - rows.length;
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .table */ .tp)(['Image', 'Digest', 'Verdict', 'Blocking'], [...rows, ...(more > 0 ? [[`and ${more} more`, '', '', '']] : [])]);
}
function blocking({ images, judgedAt }) {
    const all = images.flatMap((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_7__/* .judgedWith */ .wJ)(image, 'block').map((judged) => ({ image, judged })));
    if (all.length === 0)
        return [];
    const several = images.length > 1;
    const rows = all.slice(0, MAX_ROWS).map(({ image, judged }) => {
        const { finding, inBaseline } = judged;
        const shown = finding.packages.slice(0, MAX_PACKAGES);
        const hidden = finding.packages.length - shown.length;
        return [
            ...(several ? [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_7__/* .shortName */ .EU)(image), 100)] : []),
            `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .vulnerability */ .L1)(finding.vulnerabilityId)}${inBaseline === false ? ' 🆕' : ''}`,
            (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .severity */ .yf)(finding.severity),
            (shown.map(packageCell).join('<br>') || '–') + (hidden > 0 ? `<br>and ${hidden} more` : ''),
            shown
                .map((found) => {
                const fixed = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .fixedVersion */ .FF)(found);
                if (fixed !== undefined)
                    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(fixed, 60);
                return (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .fixability */ .er)(finding) === 'none' ? 'no fix yet' : 'no version given';
            })
                .join('<br>'),
            (0,_rows_js__WEBPACK_IMPORTED_MODULE_4__/* .reasonCell */ .JO)(judged, judgedAt),
        ];
    });
    const head = [...(several ? ['Image'] : []), 'Vulnerability', 'Severity', 'Package', 'Fixed in', 'Reason'];
    const missing = all.length - rows.length;
    return [
        '<h3>Blocking findings</h3>',
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .table */ .tp)(head, rows),
        ...(missing > 0 ? [`<p>${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(missing, 'more blocking finding')} in the summary.</p>`] : []),
    ];
}
/** `openssl 3.0.1, reachable`. */
function packageCell(found) {
    const reach = (0,_words_js__WEBPACK_IMPORTED_MODULE_7__/* .reachabilityWords */ .Hi)(found);
    return `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(found.name, 100)} ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .installedVersion */ .nU)(found), 60)}${reach === '' ? '' : `, ${reach}`}`;
}


/***/ }),

/***/ 40310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ changes),
/* harmony export */   my: () => (/* binding */ comparison),
/* harmony export */   qp: () => (/* binding */ gone)
/* harmony export */ });
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8829);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24686);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(81477);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4310);
/** The differences between the images and the baseline, the image that is deployed now. */




const MAX_REASON = 240;
const MAX_LISTED = 15;
const MAX_PACKAGES = 3;
/** The numbers in one line, or why there are none; nothing if the workflow names no baseline. */
function comparison({ baseline, images }) {
    if (baseline === undefined)
        return [];
    const name = (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(baseline.reference, 300);
    if (baseline.uri === undefined) {
        if (baseline.unused === undefined)
            return [];
        const why = (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)((0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .firstLine */ .TM)(baseline.unused), MAX_REASON));
        return [`<p>↔️ <b>The baseline was not used</b>; no finding was downgraded. ${name}: ${why}</p>`];
    }
    const judged = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__/* .verdictsIn */ .kR)(images).flatMap((verdict) => verdict.judged);
    const count = (known) => judged.filter(({ inBaseline }) => inBaseline === known).length;
    return [
        `<p>↔️ Compared with ${name}: <b>${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(count(false), 'new finding')}</b>, ${goneFrom(images).length} no longer present, ${count(true)} unchanged.</p>`,
    ];
}
/** New findings that do not block, and findings that are no longer present, each folded. */
function changes({ images }) {
    const added = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__/* .verdictsIn */ .kR)(images)
        .flatMap(({ judged }) => judged)
        .filter(({ inBaseline, effect }) => inBaseline === false && effect !== 'block');
    return [
        ...listed(`🆕 ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(added.length, 'new finding')} that ${added.length === 1 ? 'does' : 'do'} not block`, added),
        ...gone(images),
    ];
}
/** The findings that the baseline has and the images do not, folded. */
function gone(images) {
    const findings = goneFrom(images);
    return listed(`👋 ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(findings.length, 'finding')} no longer present`, findings);
}
function goneFrom(images) {
    return (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__/* .verdictsIn */ .kR)(images).flatMap((verdict) => verdict.gone ?? []);
}
function listed(title, findings) {
    if (findings.length === 0)
        return [];
    const items = findings.slice(0, MAX_LISTED).map(({ finding }) => {
        const names = finding.packages.slice(0, MAX_PACKAGES).map(({ name }) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(name, 100));
        return `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .vulnerability */ .L1)(finding.vulnerabilityId)} ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .severity */ .yf)(finding.severity)} ${names.join(', ')}`;
    });
    const left = findings.length - items.length;
    return [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .details */ .zH)(title, [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .bullets */ .e5)([...items, ...(left > 0 ? [`and ${left} more`] : [])])])];
}


/***/ }),

/***/ 20383:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  As: () => (/* binding */ lineOfPackage)
});

// UNUSED EXPORTS: baseImageLine, dockerfileLine

;// CONCATENATED MODULE: ./report/findings/dockerfile-instructions.js
/**
 * Reads the instructions of a Dockerfile as BuildKit does: comments, continuation lines, the directive `escape` and
 * here-documents. Source: moby/buildkit, frontend/dockerfile/parser (parser.go, directives.go) and shell/lex.go.
 */
/** The instructions of a Dockerfile, in order, without the content of here-documents. */
function instructionsOf(lines) {
    const endOf = hereDocumentsIn(lines);
    const continuation = continuationBy(escapeCharacter(lines));
    const instructions = [];
    for (let at = 0; at < lines.length; at += 1) {
        const line = at + 1;
        if (isBlankOrComment(lines[at]))
            continue;
        const parts = [];
        for (; at < lines.length; at += 1) {
            const text = lines[at] ?? '';
            // Comments and empty lines inside an instruction do not end it.
            if (parts.length > 0 && isBlankOrComment(text))
                continue;
            const open = continuation(text);
            parts.push(open ?? text);
            if (open === undefined)
                break;
        }
        const [, keyword, rest = ''] = /^\s*([A-Za-z]+)(?:\s+(.*))?$/s.exec(parts.join('')) ?? [];
        if (keyword === undefined)
            continue;
        instructions.push({ keyword: keyword.toUpperCase(), rest, line });
        if (canHaveHereDocuments(keyword, rest))
            at = endOf(at, rest);
    }
    return instructions;
}
/** The strings of an instruction in JSON form, such as `["make", "all"]`; undefined for other text. */
function stringsIn(text) {
    if (!/^\s*\[.*\]\s*$/s.test(text))
        return undefined;
    try {
        const list = JSON.parse(text);
        return Array.isArray(list) && list.every((word) => typeof word === 'string') ? list : undefined;
    }
    catch {
        // A command that looks like a list.
        return undefined;
    }
}
/** The text after the flags of an instruction (`--mount=…`). */
function withoutFlags(text) {
    return text.replace(/^(\s*--[a-z-]+(=\S*)?(?=\s))+/, '');
}
function isBlankOrComment(line) {
    return /^\s*(#|$)/.test(line ?? '');
}
/** The character of the parser directive `escape`; a backslash without it. Directives come before everything else. */
function escapeCharacter(lines) {
    for (const line of lines) {
        const [, name, value = ''] = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*)$/.exec(line) ?? [];
        if (name === undefined)
            return '\\';
        if (name.toLowerCase() === 'escape')
            return value.trimEnd() === '`' ? '`' : '\\';
    }
    return '\\';
}
/**
 * Makes a function that returns a line without the escape character at its end, or undefined if the next line does not
 * continue it. An escape character that another one precedes is escaped.
 */
function continuationBy(escapeWith) {
    return (line) => {
        let end = line.length;
        while (line[end - 1] === ' ' || line[end - 1] === '\t')
            end -= 1;
        const last = end - 1;
        return line[last] === escapeWith && line[last - 1] !== escapeWith ? line.slice(0, last) : undefined;
    };
}
/** BuildKit looks for here-documents in these instructions alone, and not if they are in JSON form. */
function canHaveHereDocuments(keyword, rest) {
    const [, nested, nestedRest = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
    if (/^ONBUILD$/i.test(keyword) && nested !== undefined && !/^ONBUILD$/i.test(nested)) {
        return canHaveHereDocuments(nested, nestedRest);
    }
    return /^(RUN|COPY|ADD)$/i.test(keyword) && stringsIn(withoutFlags(rest)) === undefined;
}
/**
 * Makes a function that returns the index of the line on which the here-documents of an instruction end. If it has none,
 * that is the instruction's own last line.
 */
function hereDocumentsIn(lines) {
    // The lines by their text, with tabs at the beginning and without. Most files need neither.
    let plain;
    let untabbed;
    const by = (text) => Map.groupBy(lines.keys(), (index) => text(lines[index] ?? ''));
    return (at, rest) => {
        let end = at;
        for (const { name, isTabbed } of hereDocuments(rest)) {
            if (isTabbed)
                untabbed ??= by((line) => line.replace(/^\t+/, ''));
            else
                plain ??= by((line) => line);
            const same = (isTabbed ? untabbed : plain)?.get(name) ?? [];
            const found = same[firstWhere(same.length, (index) => (same[index] ?? 0) > end)];
            // BuildKit refuses a here-document without an end, so this is something else.
            if (found !== undefined)
                end = found;
        }
        return end;
    };
}
/** The here-documents that an instruction announces: each is a word of its own, such as `<<EOF`, `<<-"EOF"` or `3<<EOF`. */
function hereDocuments(text) {
    return wordsOf(text).flatMap(({ raw, plain }) => {
        const [, start, dash] = /^(\d*<<(-?))[^<]+$/.exec(raw) ?? [];
        if (start === undefined)
            return [];
        // What precedes the name has no quotes, so it is as long in the word without them.
        return [{ name: plain.slice(start.length), isTabbed: dash === '-' }];
    });
}
/** The words of a shell command. BuildKit finds none in a text whose last quote is open. */
function wordsOf(text) {
    const words = [];
    let start;
    let plain = [];
    const end = (at) => {
        if (start !== undefined)
            words.push({ raw: text.slice(start, at), plain: plain.join('') });
        start = undefined;
        plain = [];
    };
    for (let at = 0; at < text.length; at += 1) {
        const character = text[at] ?? '';
        if (/\s/.test(character)) {
            end(at);
            continue;
        }
        start ??= at;
        if (character === '\\') {
            at += 1;
            plain.push(text[at] ?? '');
        }
        else if (character === "'") {
            const close = text.indexOf("'", at + 1);
            if (close === -1)
                return [];
            plain.push(text.slice(at + 1, close));
            at = close;
        }
        else if (character === '"') {
            const close = endOfQuoted(text, at + 1);
            if (close === -1)
                return [];
            plain.push(text.slice(at + 1, close).replace(/\\(["$\\])/g, '$1'));
            at = close;
        }
        else {
            plain.push(character);
        }
    }
    end(text.length);
    return words;
}
/** The index of the double quote that ends a quoted text; -1 if there is none. */
function endOfQuoted(text, from) {
    for (let at = from; at < text.length; at += 1) {
        if (text[at] === '\\')
            at += 1;
        else if (text[at] === '"')
            return at;
    }
    return -1;
}
/** The first of `length` indexes for which something holds, as it does for all after it; `length` if for none. */
function firstWhere(length, holds) {
    let from = 0;
    let to = length;
    while (from < to) {
        const middle = Math.floor((from + to) / 2);
        if (holds(middle))
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

;// CONCATENATED MODULE: ./report/findings/dockerfile.js

const read = new WeakMap();
/** The line to point at for a package: the `FROM` of its base image, or the instruction that installed it. */
function lineOfPackage(dockerfile, { origin, instruction }) {
    const known = read.get(dockerfile) ?? readText(dockerfile.text);
    read.set(dockerfile, known);
    const line = origin === 'base' ? known.base : instruction === undefined ? undefined : lineIn(known, instruction);
    if (line === undefined)
        return undefined;
    return { line, length: known.lines[line - 1]?.length ?? 0 };
}
/**
 * The line on which an instruction starts, counted from 1. Undefined if no instruction or several are the same. Variables
 * are not expanded, so an instruction in which Docker has expanded one is not found.
 * @param instruction in one line, with its flags or without. If it ends with an ellipsis, only its beginning is compared.
 */
function dockerfileLine(dockerfile, instruction) {
    return lineIn(readText(dockerfile), instruction);
}
function lineIn({ linesOf, forms }, instruction) {
    const wanted = normalForm(instruction);
    if (wanted === undefined)
        return undefined;
    const [line, ...others] = linesOf.get(wanted.endsWith('…') ? only(forms, wanted.slice(0, -1)) : wanted) ?? [];
    return others.length === 0 ? line : undefined;
}
/** The only one of sorted texts that begins with another text. Empty if there is none, or more than one. */
function only(sorted, start) {
    const at = firstWhere(sorted.length, (index) => (sorted[index] ?? '') >= start);
    const [first = '', second = ''] = [sorted[at], sorted[at + 1]];
    return first.startsWith(start) && !second.startsWith(start) ? first : '';
}
/**
 * The line that names the base image: the last stage's `FROM`, or that of the stage that it is built on. Undefined if a
 * variable could be the name of a stage, and for `scratch`.
 */
function baseImageLine(dockerfile) {
    return readText(dockerfile).base;
}
function readText(text) {
    const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
    const instructions = instructionsOf(lines);
    const linesOf = new Map();
    for (const { keyword, rest, line } of instructions) {
        const form = normalForm(`${keyword} ${rest}`);
        if (form === undefined)
            continue;
        const others = linesOf.get(form);
        if (others === undefined)
            linesOf.set(form, [line]);
        else
            others.push(line);
    }
    return { lines, linesOf, forms: [...linesOf.keys()].sort(), base: baseIn(instructions) };
}
function baseIn(instructions) {
    const stages = instructions
        .filter(({ keyword }) => keyword === 'FROM')
        .map(({ rest, line }) => {
        const [image = '', as, name] = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
        return { image, name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined, line };
    });
    // The stages of each name, the last one at the end. A stage can only be built on an earlier one.
    const named = Map.groupBy(stages.keys(), (index) => stages[index]?.name);
    let at = stages.length - 1;
    for (;;) {
        const stage = stages[at];
        if (stage === undefined || stage.image.toLowerCase() === 'scratch')
            return undefined;
        if (stage.image.includes('$') && stages.length > 1)
            return undefined;
        const candidates = named.get(stage.image.toLowerCase()) ?? [];
        while ((candidates.at(-1) ?? -1) >= at)
            candidates.pop();
        const earlier = candidates.at(-1);
        if (earlier === undefined)
            return stage.line;
        at = earlier;
    }
}
/**
 * An instruction in the form that the Dockerfile and the image's history share: one space between words, no flags (the
 * history leaves out `--mount` and `--from`), and the strings of the JSON form as words.
 */
function normalForm(instruction) {
    const [, keyword, given = ''] = /^\s*([A-Za-z]+)\s+(.*)$/s.exec(instruction) ?? [];
    const text = withoutFlags(given);
    const rest = (stringsIn(text)?.join(' ') ?? text).replace(/\s+/g, ' ').trim();
    return keyword === undefined || rest === '' ? undefined : `${keyword.toUpperCase()} ${rest}`;
}


/***/ }),

/***/ 29576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ errorsOf)
/* harmony export */ });
/** Every error, that of the run as a whole first. */
function errorsOf({ error, images }) {
    return [
        ...(error === undefined ? [] : [error]),
        ...images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : [])),
    ];
}


/***/ }),

/***/ 59387:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AC: () => (/* binding */ failureWords),
/* harmony export */   p2: () => (/* binding */ passWords),
/* harmony export */   wV: () => (/* binding */ warningWords),
/* harmony export */   zM: () => (/* binding */ blockWords)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76365);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8829);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(36625);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4310);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(16878);
/** The verdict in one line: what the gate and the verify action share. */





/** `Blocked: 3 critical findings, 2 of them fixable; 1 high finding allowed by exceptions`. */
function blockWords(result) {
    const findings = result.images.flatMap((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .judgedWith */ .wJ)(image, 'block'));
    const exceeded = result.images.map(_words_js__WEBPACK_IMPORTED_MODULE_1__/* .limitsExceededBy */ .f9).filter((words) => words.length > 0);
    // The counts of several images would not say which of them they are about.
    const limits = exceeded.length > 1 ? ['limits of the policy exceeded'] : exceeded.flat();
    const word = result.enforced ? 'Blocked' : 'Blocked (not enforced)';
    const counted = findings.length === 0 ? [] : [`${findingsWords(findings)}${fixable(findings)}`];
    return `${word}: ${[...counted, ...limits].join('; ')}${where(result, 'block')}${alsoExcepted(result)}`;
}
/** `3 high findings, in 2 of 3 images; 1 critical finding allowed by exceptions`. */
function warningWords(result) {
    const findings = result.images.flatMap((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .judgedWith */ .wJ)(image, 'warn'));
    return `${findingsWords(findings)}${where(result, 'warn')}${alsoExcepted(result)}`;
}
/** `12 findings in 2 images (1 critical allowed by exceptions, the others below the thresholds)`. */
function passWords({ images }) {
    const verdicts = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictsIn */ .kR)(images);
    const total = verdicts.reduce((sum, { counts }) => sum + counts.total, 0);
    const hidden = verdicts.reduce((sum, { suppressed }) => sum + suppressed.length, 0);
    const among = images.length > 1 ? ` in ${images.length} images` : '';
    const suppressed = hidden === 0 ? '' : `, ${hidden} suppressed in Inspector`;
    if (total === 0)
        return `no ${hidden === 0 ? '' : 'active '}findings${among}${suppressed}`;
    const allowed = verdicts.flatMap(({ judged }) => judged).filter(({ effect }) => effect === 'allow');
    const excepted = allowed.filter(isExcepted);
    const ignored = allowed.filter(({ reason }) => !['exception', 'below-thresholds'].includes(reason.kind));
    const all = (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(total, 'finding');
    if (excepted.length + ignored.length === 0)
        return `${all}${among}, below the thresholds${suppressed}`;
    const parts = [
        ...(excepted.length > 0 ? [`${severities(excepted)} allowed by ${means(excepted)}`] : []),
        ...(ignored.length > 0 ? [`${severities(ignored)} ignored by the policy`] : []),
        ...(allowed.length > excepted.length + ignored.length ? ['the others below the thresholds'] : []),
    ];
    return `${all}${among} (${parts.join(', ')})${suppressed}`;
}
/**
 * Why there is no verdict on some of several images, and how many others are blocked.
 * @param what what happened to the images without a verdict
 */
function failureWords(images, what) {
    const errors = images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
    const message = errors[0]?.message ?? 'no image was judged';
    if (images.length < 2)
        return message;
    const blocked = images.filter((image) => (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictOf */ .Vj)(image) === 'block').length;
    const also = blocked === 0 ? '' : `, ${blocked} blocked`;
    return `${errors.length} of ${images.length} images ${what}${also}. First error: ${message}`;
}
/** `; 1 critical finding allowed by exceptions`; nothing if there is none. */
function alsoExcepted({ images }) {
    const excepted = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictsIn */ .kR)(images).flatMap(({ judged }) => judged.filter(isExcepted));
    return excepted.length === 0 ? '' : `; ${findingsWords(excepted)} allowed by ${means(excepted)}`;
}
function isExcepted({ reason }) {
    return reason.kind === 'exception';
}
/** `exceptions`, `VEX statements`, or both. */
function means(excepted) {
    const origins = new Set(excepted.map(({ reason }) => (reason.kind === 'exception' ? reason.exception.origin : undefined)));
    return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)([
        ...(origins.has('exceptions') ? ['exceptions'] : []),
        ...(origins.has('vex') ? ['VEX statements'] : []),
    ]);
}
function counted(findings) {
    return [..._results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .SEVERITIES */ .oC, _results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .UNTRIAGED */ .C3]
        .map((severity) => ({
        count: findings.filter(({ finding }) => finding.severity === severity).length,
        word: severity.toLowerCase(),
    }))
        .filter(({ count }) => count > 0);
}
/** `3 critical and 1 high findings`. */
function findingsWords(findings) {
    const known = counted(findings);
    const unknown = findings.length - sum(known);
    const noun = known.at(-1)?.count === 1 ? 'finding' : 'findings';
    return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)([
        ...(known.length > 0 ? [`${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)(known.map(countWords))} ${noun}`] : []),
        ...(unknown > 0 ? [`${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(unknown, 'finding')} of unknown severity`] : []),
    ]);
}
/** `3 critical and 1 high`. */
function severities(findings) {
    const known = counted(findings);
    const unknown = findings.length - sum(known);
    return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)([...known.map(countWords), ...(unknown > 0 ? [`${unknown} of unknown severity`] : [])]);
}
function countWords({ count, word }) {
    return `${count} ${word}`;
}
function sum(counts) {
    return counts.reduce((total, { count }) => total + count, 0);
}
function fixable(findings) {
    const fixes = findings.map(({ finding }) => (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_4__/* .fixability */ .er)(finding));
    const count = fixes.filter((fix) => fix === 'all').length;
    if (count === fixes.length)
        return count === 1 ? ', fixable' : ', all of them fixable';
    if (count > 0)
        return `, ${count} of them fixable`;
    if (fixes.every((fix) => fix === 'none'))
        return fixes.length === 1 ? ', no fix yet' : ', none of them fixable yet';
    return '';
}
function where(report, verdict) {
    if (report.images.length < 2)
        return '';
    const count = report.images.filter((image) => (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictOf */ .Vj)(image) === verdict).length;
    return `, in ${count} of ${report.images.length} images`;
}


/***/ }),

/***/ 91463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ hiddenWords)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76365);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24686);
/* harmony import */ var _kit_once_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41342);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4310);
/**
 * Which classes of findings the suppression rules of Amazon Inspector hide completely, as far as the findings of an image
 * tell. The rules themselves are not read: a member account cannot list those of its delegated administrator.
 */




/** With fewer findings, a class may be hidden by coincidence, by rules about single vulnerabilities. */
const LEAST_HIDDEN = 5;
const MAX_CLASSES = 3;
const MAX_NAME = 40;
const REACHABILITIES = {
    reachable: 'with a reachable package',
    'not-reachable': 'whose packages are not reachable',
};
/**
 * `Suppression rules of Amazon Inspector hide 20 findings, among them all 14 whose packages are not reachable.` and what to
 * review. Undefined if the policy judges suppressed findings, or if they have no property that all other findings lack.
 * Severities and package managers are external text, which is not escaped yet.
 */
const hiddenWords = (0,_kit_once_js__WEBPACK_IMPORTED_MODULE_1__/* .oncePer */ .P)(({ outcome }) => {
    if (outcome.kind !== 'judged')
        return undefined;
    const { judged, suppressed } = outcome.verdict;
    if (suppressed.length < LEAST_HIDDEN)
        return undefined;
    const what = hiddenOf(suppressed.map(({ finding }) => finding), judged.map(({ finding }) => finding));
    return what === undefined
        ? undefined
        : `Suppression rules of Amazon Inspector hide ${what}. Review these rules in the Amazon Inspector console; in an organization, the delegated administrator manages them.`;
});
function hiddenOf(hidden, others) {
    const { length } = hidden;
    if (others.length === 0)
        return `all ${length} findings of this image`;
    const counts = new Map();
    for (const name of hidden.flatMap(classesOf))
        counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const name of others.flatMap(classesOf))
        counts.delete(name);
    const ofReachability = (name) => Object.values(REACHABILITIES).includes(name);
    const classes = [...counts]
        .filter(([, count]) => count >= LEAST_HIDDEN)
        .sort(([a, many], [b, few]) => Number(ofReachability(b)) - Number(ofReachability(a)) || few - many || (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .compareTexts */ .qy)(a, b))
        .slice(0, MAX_CLASSES);
    const [first] = classes;
    if (first === undefined)
        return undefined;
    const joint = classes.length === 1 && first[1] === length ? ':' : ', among them';
    const named = (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)(classes.map(([name, count]) => `all ${count} ${name}`));
    return `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(length, 'finding')}${joint} ${named}`;
}
/** The classes by which a suppression rule can select a finding, in words. */
function classesOf({ severity, packages }) {
    const reachability = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_3__/* .reachabilityOf */ .P2)(packages);
    const managers = new Set(packages.map(({ manager }) => manager).filter((manager) => manager !== undefined));
    return [
        ...(reachability === undefined ? [] : [REACHABILITIES[reachability]]),
        `of severity ${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(severity, MAX_NAME)}`,
        ...[...managers].map((manager) => `with packages of ${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(manager, MAX_NAME)}`),
    ];
}


/***/ }),

/***/ 15505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D0: () => (/* binding */ imageDocument),
/* harmony export */   Fk: () => (/* binding */ judgedDocument),
/* harmony export */   KH: () => (/* binding */ iso),
/* harmony export */   Uh: () => (/* binding */ errorDocument),
/* harmony export */   VD: () => (/* binding */ exceptionOutcomeDocument),
/* harmony export */   pJ: () => (/* binding */ findingDocument)
/* harmony export */ });
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8829);

/** An image, without what only one of the actions reports. */
function imageDocument(image) {
    const { outcome } = image;
    const verdict = outcome.kind === 'judged' ? outcome.verdict : undefined;
    return {
        image: image.uri,
        digest: image.digest ?? null,
        references: image.references,
        repository: image.repository,
        account: image.account,
        region: image.region,
        index: image.isIndex,
        verdict: (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_0__/* .verdictOf */ .Vj)(image),
        error: outcome.kind === 'error' ? errorDocument(outcome.error) : null,
        counts: verdict?.counts ?? null,
        blocking: verdict?.blocking ?? null,
        platforms: image.platforms.map(({ digest, platform, scannedAt, monitored }) => ({
            digest,
            platform,
            scannedAt: iso(scannedAt),
            monitored: monitored ?? null,
        })),
        attestations: image.attestations,
        skipped: image.skipped ?? [],
        baseImages: (image.baseImages ?? []).map(({ name, named, deciding }) => ({ name, named, deciding })),
        advice: image.advice === undefined ? null : adviceDocument(image.advice),
        weakened: verdict === undefined ? null : (image.weakened ?? {}),
        findings: verdict?.judged.map(judgedDocument) ?? [],
        suppressed: verdict?.suppressed.map(findingDocument) ?? [],
        exceededLimits: verdict?.exceededLimits ?? [],
        exceptions: verdict?.exceptions.map(exceptionOutcomeDocument) ?? [],
        gone: verdict?.gone?.map(findingDocument) ?? null,
    };
}
function adviceDocument({ base, named, digest, pushedAt, isCurrent, newer }) {
    return {
        base,
        named,
        digest,
        pushedAt: iso(pushedAt),
        current: isCurrent,
        newer: newer.map(({ change, unknown, ...one }) => ({
            kind: one.kind,
            reference: one.reference,
            digest: one.digest,
            pushedAt: iso(one.pushedAt),
            change: change === undefined
                ? null
                : {
                    resolves: change.resolves.flatMap(({ ids }) => ids),
                    adds: change.adds.map(judgedDocument),
                    verdict: change.verdict,
                    exceededLimits: change.exceededLimits,
                },
            unknown: unknown ?? null,
        })),
    };
}
function judgedDocument(judged) {
    return {
        ...findingDocument(judged),
        effect: judged.effect,
        reason: reasonDocument(judged.reason),
        inBaseline: judged.inBaseline ?? null,
        refused: judged.refused.map(({ exception, refusal }) => ({
            source: exception.source,
            refusal: refusalDocument(refusal),
        })),
    };
}
function reasonDocument(reason) {
    switch (reason.kind) {
        case 'exception':
            return { kind: 'exception', source: reason.exception.source, instead: reasonDocument(reason.instead) };
        case 'baseline':
            return { kind: 'baseline', instead: reasonDocument(reason.instead) };
        case 'rule':
            return { ...reason, reason: reason.reason ?? null };
        default:
            return reason;
    }
}
function exceptionOutcomeDocument(outcome) {
    const { exception, matches, applied, needless, refusals, ends } = outcome;
    return {
        origin: exception.origin,
        source: exception.source,
        ids: exception.ids,
        scope: scopeDocument(exception.scope),
        status: exception.status,
        reason: exception.reason ?? null,
        ends: iso(ends),
        approvedBy: exception.approvedBy ?? null,
        ticket: exception.ticket ?? null,
        matches,
        applied,
        needless,
        refusals: refusals.map(refusalDocument),
    };
}
function refusalDocument(refusal) {
    switch (refusal.kind) {
        case 'expired':
            return { kind: refusal.kind, since: iso(refusal.since) };
        case 'not-yet':
            return { kind: refusal.kind, from: iso(refusal.from) };
        case 'max-duration':
            return { ...refusal, days: refusal.days ?? null };
        case 'other-package':
            return { ...refusal, found: refusal.found ?? null };
        default:
            return refusal;
    }
}
function scopeDocument(scope) {
    if (scope.kind !== 'globs')
        return null;
    return {
        package: scope.package ?? null,
        image: scope.image ?? null,
        platform: scope.platform ?? null,
    };
}
function findingDocument({ finding, ids, platforms }) {
    return {
        ids,
        vulnerability: finding.vulnerabilityId,
        related: finding.relatedIds,
        type: finding.type,
        title: finding.title,
        severity: finding.severity,
        vendorSeverity: finding.vendorSeverity ?? null,
        status: finding.status,
        score: finding.score ?? null,
        cvss: finding.cvss.map(({ baseScore, version, vector, source }) => ({
            baseScore,
            version,
            vector,
            source,
        })),
        epss: finding.epss ?? null,
        fixAvailable: finding.fixAvailable ?? null,
        exploitAvailable: finding.exploitAvailable ?? null,
        knownExploited: finding.knownExploited ?? null,
        packages: finding.packages.map((found) => ({
            name: found.name,
            version: found.version,
            epoch: found.epoch ?? null,
            release: found.release ?? null,
            arch: found.arch ?? null,
            manager: found.manager ?? null,
            fixedIn: found.fixedIn ?? null,
            filePath: found.filePath ?? null,
            layer: found.layer ?? null,
            instruction: found.instruction ?? null,
            origin: found.origin ?? null,
            statedOrigin: found.statedOrigin ?? null,
            reachability: found.reachability ?? null,
            remediation: found.remediation ?? null,
        })),
        platforms,
        operatingSystem: finding.operatingSystem ?? null,
        source: finding.source ?? null,
        sourceUrl: finding.sourceUrl ?? null,
        firstObservedAt: iso(finding.firstObservedAt),
    };
}
function errorDocument({ code, message, nextStep }) {
    return { code, message, nextStep: nextStep ?? null };
}
/** A date as the report has it; null if it is no date. */
function iso(date) {
    return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}


/***/ }),

/***/ 89782:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ proofDocument)
/* harmony export */ });
/* harmony import */ var _json_image_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15505);

function proofDocument({ kind, state, what, by, at, ageMs, ends, promotedFrom, detail, command, }) {
    return {
        kind,
        state,
        what,
        by: by ?? null,
        at: (0,_json_image_js__WEBPACK_IMPORTED_MODULE_0__/* .iso */ .KH)(at),
        ageMs: ageMs ?? null,
        ends: (0,_json_image_js__WEBPACK_IMPORTED_MODULE_0__/* .iso */ .KH)(ends),
        promotedFrom: promotedFrom ?? null,
        detail: detail ?? null,
        command: command ?? null,
    };
}


/***/ }),

/***/ 31281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZH: () => (/* binding */ documentText),
/* harmony export */   rn: () => (/* binding */ reportFile)
/* harmony export */ });
/* unused harmony export reportDocument */
/* harmony import */ var _kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(55365);
/* harmony import */ var _json_image_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15505);


/** The report as plain JSON, findings worst first. */
function reportDocument(report, { signing, verification, changes, ofImage }) {
    const { settings, documents, baseline, records } = report;
    return {
        schemaVersion: 1,
        action: { name: 'ecr-deployment-gate', version: report.version },
        verdict: report.verdict,
        startedAt: report.startedAt.toISOString(),
        durationMs: report.durationMs,
        // Field by field: other settings of the run, such as the path of a key, must not be in a file.
        settings: settings
            ? {
                failOn: settings.failOn,
                warnOn: settings.warnOn,
                ignoreUnfixed: settings.ignoreUnfixed,
                enforce: settings.enforce,
                scanType: settings.scanType,
                timeoutMs: settings.timeoutMs,
                settleTimeMs: settings.settleTimeMs,
            }
            : null,
        error: report.error ? (0,_json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .errorDocument */ .Uh)(report.error) : null,
        documents: documents ? { ...documents, policy: documents.policy ?? null } : null,
        baseline: baseline
            ? { reference: baseline.reference, image: baseline.uri ?? null, unused: baseline.unused ?? null }
            : null,
        notices: report.notices,
        nextSteps: report.nextSteps,
        judgedAt: (0,_json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .iso */ .KH)(report.judgedAt),
        signing,
        images: report.images.map((image) => ({ ...(0,_json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .imageDocument */ .D0)(image), ...ofImage(image) })),
        verification,
        records: records
            ? {
                kind: records.kind,
                written: records.written,
                organization: records.organization,
                page: records.page ?? null,
            }
            : null,
        changes,
    };
}
/** The document as text. Findings and exceptions are rendered one at a time: there may be many. */
function documentText(report, parts) {
    const bare = reportDocument({ ...report, images: report.images.map(withoutLists) }, parts);
    const images = bare.images.map((image, index) => {
        const outcome = report.images[index]?.outcome;
        const verdict = outcome?.kind === 'judged' ? outcome.verdict : undefined;
        return {
            ...image,
            findings: (0,_kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneByOne */ .E)(verdict?.judged ?? [], _json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .judgedDocument */ .Fk),
            suppressed: (0,_kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneByOne */ .E)(verdict?.suppressed ?? [], _json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .findingDocument */ .pJ),
            exceptions: (0,_kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneByOne */ .E)(verdict?.exceptions ?? [], _json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .exceptionOutcomeDocument */ .VD),
        };
    });
    return (0,_kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonText */ .s)({ ...bare, images });
}
const REPORT_FILE = 'report.json';
/** The file of the report. */
function reportFile(text) {
    return {
        kind: 'report',
        name: REPORT_FILE,
        what: 'The report',
        render: () => ({ text: text(), omissions: [] }),
    };
}
function withoutLists(image) {
    const { outcome } = image;
    if (outcome.kind !== 'judged')
        return image;
    const verdict = { ...outcome.verdict, judged: [], suppressed: [], exceptions: [] };
    return { ...image, outcome: { ...outcome, verdict } };
}


/***/ }),

/***/ 30913:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ logLines),
/* harmony export */   m: () => (/* binding */ findingLine)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(76365);
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(75795);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8829);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(24686);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95964);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4310);
/* harmony import */ var _base_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62566);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(16589);
/* harmony import */ var _hidden_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(91463);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(16878);
/** The verdict in the log: a few lines, and longer parts in groups that GitHub folds. */










/** How many blocking findings of an image are shown, and how many more in a group. */
const MAX_SHOWN = 20;
const MAX_GROUPED = 500;
/** From how many images on those that pass are in a group. */
const MANY_IMAGES = 4;
const MAX_LINE = 2_000;
const MAX_PACKAGES = 3;
/** Lines and groups that are safe to print as they are. */
function logLines(result, { headline, ofImage, end }) {
    // The headline of a single image has its error.
    const isOnly = result.images.length === 1 && result.error === undefined;
    const about = (image) => [...imageLines(image, result, isOnly), ...ofImage(image)];
    const images = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__/* .worstFirst */ .md)(result.images);
    const passing = images.filter((image) => (0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_7__/* .allows */ .NB)((0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__/* .verdictOf */ .Vj)(image)));
    const others = images.filter((image) => !(0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_7__/* .allows */ .NB)((0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__/* .verdictOf */ .Vj)(image)));
    const folded = passing.length >= MANY_IMAGES;
    const parts = [
        { lead: `${_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .MARKS */ .j7[result.verdict]} `, text: headline },
        ...nextStepLines(result.error?.nextStep),
        ...others.flatMap((image) => [...about(image), ...moreBlocking(image, result.judgedAt)]),
        ...(folded
            ? [
                {
                    title: { lead: `${_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .MARKS */ .j7.pass} `, text: `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(passing.length, 'image')} passed` },
                    lines: passing.flatMap(about),
                },
            ]
            : passing.flatMap(about)),
        ...exceptionLines(result),
        ...end.map((text) => ({ text })),
    ];
    return parts.map((part) => 'lines' in part ? { title: printable(part.title), lines: part.lines.map(printable) } : printable(part));
}
function printable({ lead = '', text }) {
    return `${lead}${(0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)((0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(text, MAX_LINE))}`;
}
/**
 * A finding in one line that is not yet safe to print:
 * `CVE-2026-1 CRITICAL 9.8: openssl 3.0.1, fixed in 3.0.2, reachable [linux/amd64] (fail-on: critical)`.
 * @param judgedAt the time at which exceptions were judged
 */
function findingLine(judged, judgedAt) {
    const { finding, platforms } = judged;
    const score = finding.score === undefined ? '' : ` ${finding.score}`;
    const shown = finding.packages.slice(0, MAX_PACKAGES).map((found) => {
        const fixed = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .fixedVersion */ .FF)(found);
        const reach = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .reachabilityWords */ .Hi)(found);
        return [
            `${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(found.name, 100)} ${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)((0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .installedVersion */ .nU)(found), 60)}`,
            ...(fixed ? [`fixed in ${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(fixed, 60)}`] : []),
            ...(reach === '' ? [] : [reach]),
        ].join(', ');
    });
    const more = finding.packages.length - shown.length;
    const packages = [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
    const fix = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .fixability */ .er)(finding) === 'none' ? ', no fix yet' : '';
    const named = (0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)((0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .namedPlatforms */ .Of)(platforms).join(', '), 200);
    const where = named === '' ? '' : ` [${named}]`;
    const severity = (0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(finding.severity, 40);
    return `${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(finding.vulnerabilityId, 80)} ${severity}${score}: ${packages || 'no package named'}${fix}${where} (${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .whyWords */ .WV)(judged, judgedAt)})`;
}
/** @param isOnly whether the headline says already why the image has no verdict */
function imageLines(image, result, isOnly) {
    const { judgedAt } = result;
    const verdict = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__/* .verdictOf */ .Vj)(image);
    const head = { lead: `${_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .MARKS */ .j7[verdict]} `, text: `${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .verdictWords */ .L2)(image)}: ${image.uri}` };
    if (image.outcome.kind === 'error') {
        const { message, nextStep } = image.outcome.error;
        return [head, ...(isOnly ? [] : [{ lead: '  ', text: message }]), ...nextStepLines(nextStep)];
    }
    if (image.outcome.kind === 'verified')
        return [head];
    const { counts, suppressed } = image.outcome.verdict;
    const bySeverity = Object.entries(counts)
        .filter(([name, count]) => name !== 'total' && count > 0)
        .map(([name, count]) => `${count} ${name}`);
    const found = `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(counts.total, 'active finding')}${bySeverity.length === 0 ? '' : `: ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .enumerate */ .HL)(bySeverity)}`}`;
    const hidden = suppressed.length === 0 ? '' : `; ${suppressed.length} more suppressed in Inspector`;
    return [
        head,
        { lead: '  ', text: `${found}${hidden}` },
        ...hidingLines(image),
        ...weakeningLines(image, result),
        ...(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .limitsExceededBy */ .f9)(image).map((words) => ({ lead: '  - ', text: words })),
        ...(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .judgedWith */ .wJ)(image, 'block')
            .slice(0, MAX_SHOWN)
            .map((finding) => ({ lead: '  - ', text: findingLine(finding, judgedAt) })),
        ...rebuildLines(image, image.outcome.verdict, judgedAt),
    ];
}
/** The newer base images, and what a rebuild on them changes. */
function rebuildLines({ advice }, verdict, judgedAt) {
    return (advice?.newer ?? [])
        .filter(_base_words_js__WEBPACK_IMPORTED_MODULE_2__/* .isShown */ .aJ)
        .map(({ kind, reference, digest, pushedAt, change, unknown }) => {
        const newer = `${reference}@${digest}, ${(0,_base_words_js__WEBPACK_IMPORTED_MODULE_2__/* .sinceWords */ .KR)(pushedAt, judgedAt)}`;
        if (change === undefined) {
            return {
                lead: '  ',
                text: `Newer base image: ${newer}. What a rebuild resolves is unknown: ${unknown}.`,
            };
        }
        const then = (0,_base_words_js__WEBPACK_IMPORTED_MODULE_2__/* .thenWords */ .T6)(change, verdict);
        const what = kind === 'same-tag' ? 'Rebuild on' : 'Build on the newest tag of its line,';
        return {
            lead: '  ',
            text: `${what} ${newer}: ${(0,_base_words_js__WEBPACK_IMPORTED_MODULE_2__/* .changeWords */ .mF)(change, verdict)}.${then === undefined ? '' : ` ${then}.`}`,
        };
    });
}
/** The blocking findings that are not shown with the image. */
function moreBlocking(image, judgedAt) {
    const rest = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .judgedWith */ .wJ)(image, 'block').slice(MAX_SHOWN);
    if (rest.length === 0)
        return [];
    const left = rest.length - MAX_GROUPED;
    return [
        {
            title: { text: `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(rest.length, 'more blocking finding')} of ${image.uri}` },
            lines: [
                ...rest
                    .slice(0, MAX_GROUPED)
                    .map((finding) => ({ lead: '  - ', text: findingLine(finding, judgedAt) })),
                ...(left > 0 ? [{ text: `  and ${left} more: see report.json` }] : []),
            ],
        },
    ];
}
/** What suppression rules of Inspector hide as a whole. */
function hidingLines(image) {
    const text = (0,_hidden_js__WEBPACK_IMPORTED_MODULE_4__/* .hiddenWords */ .c)(image);
    return text === undefined ? [] : [{ lead: '  ', text }];
}
function weakeningLines(image, result) {
    const inputs = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .weakeningWords */ .vK)(image);
    if (inputs.length === 0)
        return [];
    return [{ text: `  Less strict than the ${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .standardWord */ .c5)(result)}: ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .enumerate */ .HL)(inputs)} in the workflow.` }];
}
function exceptionLines(report) {
    const entries = (0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .exceptionEntries */ .mj)(report);
    return entries.length === 0 ? [] : [{ text: `${(0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .entriesWords */ .e8)(entries)}: ${(0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .counted */ .hS)(entries)}.` }];
}
function nextStepLines(nextStep) {
    return nextStep === undefined ? [] : [{ text: `  What to do: ${nextStep}` }];
}


/***/ }),

/***/ 54041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ sharedOutputs)
/* harmony export */ });
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75795);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8829);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(24686);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95964);
/** The outputs that the gate and the verify action share. They have safe values however the run ended. */




const NO_COUNTS = {
    critical: 0,
    high: 0,
    medium: 0,
    low: 0,
    informational: 0,
    untriaged: 0,
    unknown: 0,
    total: 0,
};
const MAX_ERROR = 1_000;
/**
 * The outputs for the workflow. `passed` and `signed` are true only if that was verified, and no output contains text of a
 * finding.
 * @param files the paths of the report's files
 */
function sharedOutputs(result, { signed, commands, ofImage }, files) {
    const counts = result.images.map(countsOf);
    const resolved = result.images.filter(({ digest }) => digest !== undefined);
    const sum = (name) => String(counts.reduce((total, count) => total + count[name], 0));
    return {
        verdict: result.verdict,
        passed: String((0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_1__/* .allows */ .NB)(result.verdict)),
        // A reference that could not be resolved is not among them: it may name a tag, which must not be deployed.
        image: resolved.map(({ uri }) => uri).join('\n'),
        digest: resolved.map(({ digest }) => digest).join('\n'),
        signed: String(signed),
        critical: sum('critical'),
        high: sum('high'),
        medium: sum('medium'),
        low: sum('low'),
        informational: sum('informational'),
        untriaged: sum('untriaged'),
        total: sum('total'),
        blocking: String(result.images.reduce((total, image) => total + blockingOf(image), 0)),
        report: files.report ?? '',
        sarif: files.sarif ?? '',
        results: JSON.stringify(result.images.map((image) => entry(image, ofImage(image)))),
        'cosign-verify-commands': commands.join('\n'),
    };
}
function entry(image, { signed, attested, promotedFrom }) {
    return {
        image: image.uri,
        digest: image.digest ?? null,
        verdict: (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictOf */ .Vj)(image),
        references: image.references,
        counts: countsOf(image),
        blocking: blockingOf(image),
        weakened: image.weakened ?? {},
        signed,
        attested,
        ...(promotedFrom === undefined ? {} : { promotedFrom }),
        ...(image.outcome.kind === 'error' ? { error: (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)((0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .clip */ .$Q)(image.outcome.error.message, MAX_ERROR)) } : {}),
    };
}
function countsOf({ outcome }) {
    return outcome.kind === 'judged' ? outcome.verdict.counts : NO_COUNTS;
}
function blockingOf({ outcome }) {
    return outcome.kind === 'judged' ? outcome.verdict.blocking : 0;
}


/***/ }),

/***/ 31137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ recordBlock)
/* harmony export */ });
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(81477);
/* harmony import */ var _kit_links_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35398);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4310);



const KINDS = { storage: 'storage record', deployment: 'deployment record' };
/** One line; nothing if nothing was recorded. A notice says what could not be recorded. */
function recordBlock({ records }) {
    if (records === undefined)
        return [];
    const { kind, written, organization, page } = records;
    const url = (0,_kit_links_js__WEBPACK_IMPORTED_MODULE_1__/* .linkedArtifactsUrl */ .Oo)(page);
    const where = url === undefined ? '' : `, in its ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .link */ .nf)(url, 'linked artifacts')}`;
    return [
        `<p>🗂️ <b>Recorded on GitHub</b>: ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(written, KINDS[kind])} of ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(organization, 60)}${where}.</p>`,
    ];
}


/***/ }),

/***/ 77650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JO: () => (/* binding */ reasonCell),
/* harmony export */   Lq: () => (/* binding */ planRows),
/* harmony export */   ck: () => (/* binding */ findingTable)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(76365);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(24686);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(81477);
/* harmony import */ var _kit_links_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35398);
/* harmony import */ var _kit_once_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(41342);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(16878);
/** The tables of findings: their rows, and how many of them fit. */






const MAX_PACKAGES = 3;
const MAX_REASON = 300;
/** Allowed findings are for reference: report.json has more of them. */
const MAX_ALLOWED = 500;
const GROUPS = ['block', 'warn', 'allow', 'suppressed'];
/** Chooses the rows that fit into a number of bytes: blocking findings first, one of each image in turn. */
function planRows(report, rowBytes) {
    const candidates = candidatesOf(report);
    const plan = new Map([...candidates.totals].map(([image, totals]) => {
        const none = (group) => ({ rows: [], total: totals[group] });
        return [
            image,
            { block: none('block'), warn: none('warn'), allow: none('allow'), suppressed: none('suppressed') },
        ];
    }));
    let left = rowBytes;
    for (let at = 0;; at += 1) {
        const candidate = candidateAt(candidates, at);
        if (candidate === undefined)
            return plan;
        left -= Buffer.byteLength(candidate.text) + 1;
        if (left < 0)
            return plan;
        plan.get(candidate.image)?.[candidate.group].rows.push(candidate.text);
    }
}
/** Once per run: a summary that is too long is planned again with fewer bytes. */
const candidatesOf = (0,_kit_once_js__WEBPACK_IMPORTED_MODULE_3__/* .oncePer */ .P)(({ images, judgedAt }) => {
    const all = images.map((image) => ({ image, groups: findingsOf(image) }));
    const totals = new Map(all.map(({ image, groups }) => [
        image,
        {
            block: groups.block.length,
            warn: groups.warn.length,
            allow: groups.allow.length,
            suppressed: groups.suppressed.length,
        },
    ]));
    return { totals, rendered: [], rest: rendering(all, judgedAt) };
});
function candidateAt({ rendered, rest }, index) {
    const known = rendered[index];
    if (known !== undefined)
        return known;
    const { value } = rest.next();
    if (value !== undefined)
        rendered.push(value);
    return value;
}
function* rendering(all, judgedAt) {
    for (const group of GROUPS) {
        const most = group === 'allow' || group === 'suppressed' ? MAX_ALLOWED : Number.POSITIVE_INFINITY;
        const longest = Math.min(most, Math.max(0, ...all.map(({ groups }) => groups[group].length)));
        for (let index = 0; index < longest; index++) {
            for (const { image, groups } of all) {
                const finding = groups[group][index];
                if (finding !== undefined)
                    yield { image, group, text: findingRow(finding, image, judgedAt) };
            }
        }
    }
}
function findingsOf(image) {
    const allowed = (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .judgedWith */ .wJ)(image, 'allow');
    // Findings that a decision allows matter more than those below the thresholds.
    const [decided, below] = [
        allowed.filter(({ reason }) => reason.kind !== 'below-thresholds'),
        allowed.filter(({ reason }) => reason.kind === 'below-thresholds'),
    ];
    return {
        block: (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .judgedWith */ .wJ)(image, 'block'),
        warn: (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .judgedWith */ .wJ)(image, 'warn'),
        allow: [...decided, ...below],
        suppressed: image.outcome.kind === 'judged' ? image.outcome.verdict.suppressed : [],
    };
}
/** A table of rows of one image. */
function findingTable(rows, image) {
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .tableOf */ .c_)([
        'Vulnerability',
        'Severity',
        'Package, installed → fixed',
        ...(isPlaced(image) ? ['Layer'] : []),
        ...(image.platforms.length > 1 ? ['Platforms'] : []),
        'Reason',
    ], rows);
}
function findingRow(entry, image, judgedAt) {
    const { finding } = entry;
    const shown = finding.packages.slice(0, MAX_PACKAGES);
    const hidden = finding.packages.length - shown.length;
    const each = (cell) => shown.map(cell).join('<br>') || '–';
    return entitled([
        [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .vulnerability */ .L1)(finding.vulnerabilityId), ...marks(entry)].join('<br>'),
        [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .severity */ .yf)(finding.severity), ...scores(entry)].join('<br>'),
        each((found) => packageWords(found, finding)) + (hidden > 0 ? `<br>and ${hidden} more` : ''),
        ...(isPlaced(image) ? [each(placeWords)] : []),
        ...(image.platforms.length > 1 ? [platformsCell(entry.platforms, image)] : []),
        'reason' in entry ? reasonCell(entry, judgedAt) : 'suppression rule',
    ]);
}
/** A row whose first cell, an ID that people copy and search for, stays on one line. */
function entitled(cells) {
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .row */ .nM)(cells).replace('<td>', '<td nowrap>');
}
/** The reason, and why an exception that names the finding does not apply. */
function reasonCell(judged, judgedAt) {
    const refused = (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .refusedWords */ .ET)(judged, judgedAt);
    return [
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .clip */ .$Q)((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonWords */ .IK)(judged.reason), MAX_REASON)),
        ...(refused === undefined ? [] : [`🚫 ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .clip */ .$Q)(refused, MAX_REASON))}`]),
    ].join('<br>');
}
/** `openssl`, and below it `3.0.1 → 3.0.2` and `not reachable`. */
function packageWords(found, finding) {
    const fixed = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .fixedVersion */ .FF)(found);
    const unfixed = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .fixability */ .er)(finding) === 'none' ? 'no fix yet' : 'no version given';
    const target = fixed === undefined ? unfixed : (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(fixed, 60);
    const versions = `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_results_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .installedVersion */ .nU)(found), 60)} → ${target}`;
    return [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(found.name), versions, (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .reachabilityWords */ .Hi)(found)].filter((part) => part !== '').join('<br>');
}
/** What makes a finding worse, and the vendor's advisory. */
function marks(entry) {
    const { knownExploited, exploitAvailable, sourceUrl } = entry.finding;
    const advisory = (0,_kit_links_js__WEBPACK_IMPORTED_MODULE_1__/* .vendorAdvisory */ .K0)(sourceUrl);
    return [
        ...('inBaseline' in entry && entry.inBaseline === false ? ['🆕&nbsp;new'] : []),
        ...(knownExploited === true ? ['🚨&nbsp;KEV'] : []),
        ...(exploitAvailable === 'YES' && knownExploited !== true ? ['exploit exists'] : []),
        ...(advisory === undefined ? [] : [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .link */ .nf)(advisory.url, advisory.vendor)]),
    ];
}
/** Inspector's score, the CVSS base score if it differs, and the probability of exploitation. */
function scores({ finding: { score, cvss, epss } }) {
    const tenths = (value) => `${Math.round(value * 10) / 10}`;
    const base = cvss[0]?.baseScore;
    return [
        ...(score === undefined ? [] : [tenths(score)]),
        ...(base === undefined || (score !== undefined && tenths(base) === tenths(score))
            ? []
            : [`CVSS&nbsp;${tenths(base)}`]),
        ...(epss === undefined
            ? []
            : [`EPSS&nbsp;${epss < 0.0005 ? '&lt;0.1' : Math.round(epss * 1000) / 10}&nbsp;%`]),
    ];
}
/** Whether the layer of any package of the image is known. */
const isPlaced = (0,_kit_once_js__WEBPACK_IMPORTED_MODULE_3__/* .oncePer */ .P)(({ outcome }) => {
    if (outcome.kind !== 'judged')
        return false;
    return outcome.verdict.judged.some(({ finding }) => finding.packages.some(({ origin, statedOrigin, instruction }) => origin ?? statedOrigin ?? instruction));
});
const ORIGINS = { base: 'base image', application: 'your layers' };
function placeWords({ origin, statedOrigin, instruction }) {
    const whose = origin ?? statedOrigin;
    const parts = [
        ...(whose === undefined ? [] : [ORIGINS[whose]]),
        // The instructions of the base image are in another Dockerfile.
        ...(instruction === undefined || whose === 'base' ? [] : [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .instructionWords */ .sD)(instruction), 48)]),
    ];
    return parts.join(': ') || '–';
}
function platformsCell(found, { platforms: { length } }) {
    if (length > 2 && found.length === length)
        return `all ${length}`;
    return ((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .namedPlatforms */ .Of)(found)
        .map((platform) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(platform, 60))
        .join('<br>') || '–');
}


/***/ }),

/***/ 28260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ sarifFile)
});

// UNUSED EXPORTS: sarifReport

// EXTERNAL MODULE: ./report/kit/escape.js
var kit_escape = __webpack_require__(95964);
// EXTERNAL MODULE: ./report/kit/json-text.js
var json_text = __webpack_require__(55365);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./results/order.js
var order = __webpack_require__(58928);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
;// CONCATENATED MODULE: ./report/findings/sarif-text.js
/** Texts of `results.sarif`: how long they may be, and what is left out of long lists. */


const MAX_DESCRIPTION = 1_000;
const MAX_NAME = 200;
const MAX_LIST = 10;
/** Text from elsewhere as the text of a SARIF message. */
function sarif_text_text(raw, max) {
    return (0,kit_escape/* plain */.pj)((0,text_0/* clip */.$Q)(raw, max)).trim();
}
/** `a, b`, and how many more there are than ten. */
function list(texts) {
    const more = texts.length - MAX_LIST;
    return more > 0 ? `${texts.slice(0, MAX_LIST).join(', ')} and ${more} more` : texts.join(', ');
}

// EXTERNAL MODULE: ./report/findings/words.js
var words = __webpack_require__(16878);
;// CONCATENATED MODULE: ./report/findings/sarif-entries.js
/** The findings of `results.sarif`: one entry per finding and package of an image. */





/** The repositories whose images were all judged, in the order given. */
function judgedRepositories({ images }) {
    const groups = Map.groupBy(images, ({ uri }) => uri.replace(/@.*$/s, ''));
    return [...groups].flatMap(([address, group]) => {
        const judged = group.flatMap((image) => image.outcome.kind === 'judged' ? [{ image, verdict: image.outcome.verdict }] : []);
        return judged.length < group.length
            ? []
            : [{ address, name: group[0]?.repository ?? address, images: judged }];
    });
}
/** The findings of a repository, worst first. */
function sortedEntries(repository) {
    const keys = new Map();
    return entriesOf(repository).sort((a, b) => worstFirst(a, b, keys));
}
function entriesOf({ images }) {
    return images.flatMap(({ image, verdict }) => [
        ...verdict.judged.flatMap((judged) => {
            const { effect, reason, inBaseline } = judged;
            const suppression = suppressionOf(effect, reason);
            return entries(image, judged, { effect, reason, inBaseline, suppression });
        }),
        ...verdict.suppressed.flatMap((hidden) => {
            const suppression = accepted('Suppressed in Amazon Inspector');
            return entries(image, hidden, {
                effect: 'allow',
                reason: undefined,
                inBaseline: undefined,
                suppression,
            });
        }),
    ]);
}
function entries(image, entry, judgement) {
    const { finding } = entry;
    const packages = finding.packages.length === 0 ? [undefined] : finding.packages;
    return packages.map((found) => ({ image, entry, found, ...judgement }));
}
/** Orders findings that are equal in everything else. */
function keyOf({ image, entry: { finding, platforms, ids }, found }) {
    const { name, manager, filePath, version } = found ?? {};
    return JSON.stringify([
        finding.vulnerabilityId,
        name,
        manager,
        filePath,
        version,
        image.uri,
        platforms,
        ids,
    ]);
}
/** An exception, a VEX statement or a rule of the policy allows the finding. */
function suppressionOf(effect, reason) {
    if (effect === 'block')
        return undefined;
    if (reason.kind === 'exception')
        return accepted((0,words/* reasonWords */.IK)(reason));
    if (reason.kind === 'rule' && effect === 'allow') {
        return accepted(`${(0,words/* reasonWords */.IK)(reason)}${reason.reason === undefined ? '' : `: ${reason.reason}`}`);
    }
    return undefined;
}
function accepted(justification) {
    return {
        kind: 'external',
        status: 'accepted',
        justification: sarif_text_text(justification, MAX_DESCRIPTION),
    };
}
/**
 * Orders by effect, suppressed findings last, then by severity. Equal findings are ordered by their names, so that the order
 * in which they were read has no effect.
 * @param keys the names by which equal findings are ordered, created when they are needed
 */
function worstFirst(a, b, keys) {
    const key = (entry) => {
        const known = keys.get(entry) ?? keyOf(entry);
        keys.set(entry, known);
        return known;
    };
    return ((0,order/* byEffect */.xG)(a, b) ||
        Number(a.suppression !== undefined) - Number(b.suppression !== undefined) ||
        (0,order/* bySeverity */.Np)(a.entry.finding, b.entry.finding) ||
        (0,text_0/* compareTexts */.qy)(key(a), key(b)));
}
/**
 * Identifies a result in later analyses: the vulnerability, and the package by names that stay the same. It contains no
 * digest, tag, platform, version or line, so that an alert remains open after a rebuild, or an upgrade that does not fix
 * the vulnerability. GitHub reads `primaryLocationLineHash` and no other fingerprint.
 */
function fingerprint({ name }, { entry, found }) {
    const parts = [
        name,
        entry.finding.vulnerabilityId,
        found?.name ?? '',
        found?.manager ?? '',
        found === undefined ? '' : lastingPath(found),
    ];
    return `${(0,external_node_crypto_.hash)('sha256', JSON.stringify(parts)).slice(0, 32)}:1`;
}
/** The path without the version of the package, which the paths of jars, wheels and gems contain. */
function lastingPath({ filePath = '', version }) {
    if (version === '')
        return filePath;
    return filePath.replaceAll(version, (match, offset) => {
        const before = filePath[offset - 1] ?? '/';
        const after = filePath.slice(offset + match.length);
        return /[-_@/]/.test(before) && !/^(\.?\d|[A-Za-z])/.test(after) ? '*' : match;
    });
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./report/findings/sarif-limits.js
/** What GitHub accepts of `results.sarif`. Source: GitHub Docs, "SARIF results exceed one or more limits". */

// GitHub accepts 10 MB.
const GITHUB_LIMITS = { runs: 20, results: 5_000, bytes: 9_500_000 };
/** Text up to this length is kept in memory. A longer one is rendered once more when it is written. */
const MOST_KEPT = 16 * 1024 * 1024;
/** The file with as many results per run as fit: the limit, or a half, a quarter and so on of it. */
function fitted({ results, bytes }, render) {
    for (let most = results;; most = Math.floor(most / 2)) {
        const rendered = render(most);
        const text = textThatFits(rendered.text, bytes);
        if (text !== undefined)
            return { ...rendered, text };
        if (most === 0)
            return rendered;
    }
}
/**
 * The text, if it fits into so many bytes compressed. A text that fits uncompressed is not compressed to find out. It is
 * compressed piece by piece, which takes a little more than compressing the whole.
 */
function textThatFits(text, most) {
    let kept = [];
    let length = 0;
    let raw = 0;
    let compressed = 0;
    for (const piece of text) {
        kept?.push(piece);
        length += piece.length;
        const before = raw;
        raw += Buffer.byteLength(piece);
        if (raw > most) {
            // Until the text was too long uncompressed, all of its pieces were kept, unless they are compressed already.
            for (const one of before > most ? [piece] : (kept ?? [piece]))
                compressed += (0,external_node_zlib_.gzipSync)(one).length;
            if (compressed > most)
                return undefined;
        }
        if (length > MOST_KEPT)
            kept = undefined;
    }
    return kept ?? text;
}

// EXTERNAL MODULE: ./results/finding.js
var results_finding = __webpack_require__(76365);
// EXTERNAL MODULE: ./report/findings/dockerfile.js + 1 modules
var findings_dockerfile = __webpack_require__(20383);
;// CONCATENATED MODULE: ./report/findings/sarif-results.js






const MAX_VERSION = 60;
/** A result for the findings with the same fingerprint, worst first. */
function resultOf(repository, entries, { id, index, print, dockerfile, }) {
    // The worst one represents the same package on other platforms, in other images or with other versions.
    const [first] = entries;
    const level = { block: 'error', warn: 'warning', allow: 'note' };
    const suppressions = entries.flatMap(({ suppression }) => (suppression === undefined ? [] : [suppression]));
    const known = entries.flatMap(({ inBaseline }) => (inBaseline === undefined ? [] : [inBaseline]));
    return {
        ruleId: id,
        ruleIndex: index,
        level: level[first.effect],
        message: { text: messageOf(repository, entries) },
        locations: [locationOf(repository, entries, dockerfile)],
        partialFingerprints: { primaryLocationLineHash: print },
        ...(known.length === 0 ? {} : { baselineState: known.every((value) => value) ? 'unchanged' : 'new' }),
        // The result is suppressed only if every finding of it is.
        ...(suppressions.length < entries.length ? {} : { suppressions: suppressions.slice(0, 1) }),
        properties: {
            effect: first.effect,
            severity: (0,kit_escape/* line */.n8)((0,text_0/* clip */.$Q)(first.entry.finding.severity, 40)),
            ...(first.found === undefined ? {} : { package: packageProperties(first.found, entries) }),
            platforms: platformsOf(entries).map((platform) => (0,kit_escape/* line */.n8)((0,text_0/* clip */.$Q)(platform, MAX_NAME))),
        },
    };
}
/** @param entries the same package on other platforms, in other images or with other versions, each with its reachability */
function packageProperties(found, entries) {
    const given = {
        name: found.name,
        version: (0,results_finding/* installedVersion */.nU)(found),
        manager: found.manager,
        fixedIn: (0,results_finding/* fixedVersion */.FF)(found),
        filePath: found.filePath,
        reachability: (0,results_finding/* reachabilityOf */.P2)(entries.flatMap((entry) => entry.found ?? [])),
    };
    return Object.fromEntries(Object.entries(given).flatMap(([key, value]) => value === undefined ? [] : [[key, (0,kit_escape/* line */.n8)((0,text_0/* clip */.$Q)(value, 400))]]));
}
/** GitHub shows only the first sentence in lists. */
function messageOf({ name, images }, entries) {
    const [{ entry, found, reason }] = entries;
    const { finding } = entry;
    const versions = list(unique(entries, (one) => one.found && (0,text_0/* clip */.$Q)((0,results_finding/* installedVersion */.nU)(one.found), MAX_VERSION)));
    const fixes = list(unique(entries, (one) => one.found && (0,text_0/* clip */.$Q)((0,results_finding/* fixedVersion */.FF)(one.found) ?? '', MAX_VERSION)));
    const what = found === undefined ? 'no package named' : `${(0,text_0/* clip */.$Q)(found.name, MAX_NAME)} ${versions}`;
    const fix = fixes !== '' ? `fixed in ${fixes}` : (0,results_finding/* fixability */.er)(finding) === 'none' ? 'no fix yet' : 'no fix known';
    const references = unique(entries, ({ image }) => image.references[0]);
    return [
        `${(0,text_0/* clip */.$Q)(finding.vulnerabilityId, 80)} in ${what} (${(0,text_0/* clip */.$Q)(finding.severity, 40).toLowerCase()}), ${fix}.`,
        `Image: ${images.length > 1 ? list(references.map((one) => (0,text_0/* clip */.$Q)(one, 400))) : name}.`,
        `Platforms: ${list(platformsOf(entries).map((platform) => (0,text_0/* clip */.$Q)(platform, 80)))}.`,
        ...(found?.filePath === undefined ? [] : [`File: ${(0,text_0/* clip */.$Q)(found.filePath, 400)}.`]),
        ...(found?.instruction === undefined
            ? []
            : [`Added by: ${(0,text_0/* clip */.$Q)((0,words/* instructionWords */.sD)(found.instruction), 200)}.`]),
        `Decided by: ${(0,text_0/* clip */.$Q)(reason === undefined ? 'suppressed in Amazon Inspector' : (0,words/* reasonWords */.IK)(reason), 400)}.`,
    ]
        .map(kit_escape/* plain */.pj)
        .join(' ');
}
function platformsOf(entries) {
    return [...new Set(entries.flatMap(({ entry }) => entry.platforms))].sort();
}
function unique(entries, text) {
    const texts = entries.map(text).filter((value) => value !== undefined && value !== '');
    return [...new Set(texts)].sort();
}
/**
 * The Dockerfile if it is given, else the name of the repository as a file, as other image scanners do: GitHub rejects a
 * result without a file. A location without a region means the whole file.
 */
function locationOf({ name }, entries, dockerfile) {
    const [{ found, entry }] = entries;
    const at = dockerfile && found && (0,findings_dockerfile/* lineOfPackage */.As)(dockerfile, found);
    const thing = (0,kit_escape/* plain */.pj)((0,text_0/* clip */.$Q)(found?.name ?? entry.finding.vulnerabilityId, MAX_NAME)) || 'unknown';
    return {
        physicalLocation: {
            artifactLocation: { uri: asUri(dockerfile?.path ?? name) },
            ...(at === undefined
                ? {}
                : {
                    region: {
                        startLine: at.line,
                        startColumn: 1,
                        endLine: at.line,
                        endColumn: at.length + 1,
                    },
                }),
        },
        logicalLocations: [
            {
                name: thing,
                fullyQualifiedName: `${(0,kit_escape/* plain */.pj)(name)}/${thing}`,
                kind: found === undefined ? 'vulnerability' : 'package',
            },
        ],
    };
}
function asUri(path) {
    return path
        .split('/')
        .map((segment) => encodeURIComponent(segment.toWellFormed()))
        .join('/');
}

// EXTERNAL MODULE: ./results/severity.js
var results_severity = __webpack_require__(36625);
// EXTERNAL MODULE: ./report/kit/links.js
var links = __webpack_require__(35398);
;// CONCATENATED MODULE: ./report/findings/sarif-rules.js
/** The rules of `results.sarif`: one for each vulnerability. */







/** The ID of the vulnerability; if it does not fit into an address, a hash of it. */
function ruleId(vulnerabilityId) {
    if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(vulnerabilityId))
        return vulnerabilityId;
    return `vulnerability-${(0,external_node_crypto_.hash)('sha256', vulnerabilityId).slice(0, 16)}`;
}
/** The rule of a vulnerability, described by the worst of its findings. */
function ruleOf(id, findings) {
    const finding = worstOf(findings);
    const { vulnerabilityId, type } = finding;
    const title = sarif_text_text(finding.title, MAX_NAME) || sarif_text_text(vulnerabilityId, MAX_NAME) || id;
    const description = sarif_text_text(finding.description, MAX_DESCRIPTION) || title;
    const url = (0,links/* advisoryUrl */.Le)(vulnerabilityId);
    const facts = factsOf(finding, findings);
    return {
        id,
        name: type
            .split(/[^A-Za-z0-9]+/)
            .map(capitalised)
            .join('')
            .slice(0, MAX_NAME) || 'Vulnerability',
        shortDescription: { text: title },
        fullDescription: { text: description },
        ...(url === undefined ? {} : { helpUri: url }),
        help: {
            text: [
                title,
                ...facts.map(([name, value]) => `${name}: ${(0,kit_escape/* plain */.pj)(value)}`),
                ...(url === undefined ? [] : [`Advisory: ${url}`]),
                description,
            ].join('\n'),
            markdown: helpMarkdown(finding, facts, url),
        },
        properties: propertiesOf(finding, findings),
    };
}
/** The worst finding. Which of several equal ones it is does not depend on their order. */
function worstOf(findings) {
    const [finding] = [...findings].sort((a, b) => (0,order/* bySeverity */.Np)(a, b) || (0,text_0/* compareTexts */.qy)(describing(a), describing(b)));
    return finding;
}
function helpMarkdown({ vulnerabilityId, description }, facts, url) {
    const table = [
        '| | |',
        '| --- | --- |',
        ...facts.map(([name, value]) => `| ${name} | ${(0,kit_escape/* codeSpan */.SS)(value)} |`),
        ...(url === undefined ? [] : [`| Advisory | [${new URL(url).hostname}](${url}) |`]),
    ];
    return [
        `**${(0,kit_escape/* codeSpan */.SS)((0,text_0/* clip */.$Q)(vulnerabilityId, MAX_NAME))}**`,
        table.join('\n'),
        (0,kit_escape/* markdown */.wD)((0,text_0/* clip */.$Q)(description, MAX_DESCRIPTION)),
    ]
        .filter((block) => block !== '')
        .join('\n\n');
}
function propertiesOf({ severity }, findings) {
    const word = (0,results_severity/* severityWord */.Oh)(severity);
    const score = securitySeverity(findings);
    return {
        tags: [
            'security',
            'vulnerability',
            ...(word === undefined ? [] : [word]),
            ...(findings.some(({ knownExploited }) => knownExploited === true) ? ['known-exploited'] : []),
        ],
        precision: 'high',
        ...(score === undefined ? {} : { 'security-severity': score.toFixed(1) }),
    };
}
function describing({ title, description, type, severity, score }) {
    return JSON.stringify([title, description, type, severity, score]);
}
function factsOf(finding, findings) {
    const { severity, vendorSeverity, score, cvss, epss, source } = finding;
    const related = [...new Set(findings.flatMap(({ relatedIds }) => relatedIds))].sort();
    const exploited = findings.some(({ knownExploited }) => knownExploited === true);
    const facts = [
        ['Severity', (0,text_0/* clip */.$Q)(severity, 40)],
        ['Vendor severity', vendorSeverity && (0,text_0/* clip */.$Q)(vendorSeverity, 40)],
        ['Inspector score', score?.toFixed(1)],
        ['CVSS', cvss[0] && `${cvss[0].baseScore} ${(0,text_0/* clip */.$Q)(cvss[0].vector, 200)}`],
        ['EPSS', epss?.toFixed(4)],
        ['Known exploited (CISA KEV)', exploited ? 'yes' : undefined],
        ['Also known as', list(related.map((id) => (0,text_0/* clip */.$Q)(id, 80)))],
        ['Source', source && (0,text_0/* clip */.$Q)(source, 80)],
    ];
    return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
}
function capitalised(word) {
    return `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`;
}
/** A score for each severity, in the middle of GitHub's range of the same name. */
const MAPPED = {
    critical: 9.5,
    high: 8,
    medium: 5.5,
    low: 2,
    informational: 0.1,
};
/**
 * GitHub's `security-severity`, above 0 and up to 10: Inspector's score, else the highest CVSS base score, else a score for
 * the severity. Undefined for an UNTRIAGED or unknown severity: GitHub then uses the level of the result.
 */
function securitySeverity(findings) {
    const scores = findings.flatMap(({ score, cvss, severity }) => {
        const base = highest(0, cvss.map(({ baseScore }) => baseScore));
        const known = [score, base, MAPPED[(0,results_severity/* severityWord */.Oh)(severity) ?? '']].find((value) => value !== undefined && value > 0 && value <= 10);
        return known === undefined ? [] : [known];
    });
    // A score that rounds to zero would mean no severity.
    return scores.length === 0 ? undefined : highest(0.1, scores);
}
/** The largest of any number of values: `Math.max` fails for more arguments than fit on the stack. */
function highest(least, values) {
    return values.reduce((max, value) => Math.max(max, value), least);
}

;// CONCATENATED MODULE: ./report/findings/sarif.js
/**
 * `results.sarif`: SARIF 2.1.0 for GitHub code scanning and other readers. GitHub requires more than the standard; source:
 * GitHub Docs, "SARIF support for code scanning".
 *
 * - One run for each repository, with its own category. GitHub closes the alerts of a category that a later upload does not
 *   contain. So a repository with an image that was not judged has no run, and its alerts do not change.
 * - One rule for each vulnerability, and one result for each vulnerability and package of a repository.
 */







const SARIF_FILE = 'results.sarif';
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const TOOL = 'ECR Deployment Gate';
/**
 * The report as SARIF. Undefined if no repository has all of its images judged, because a file without results would mean
 * that there are no findings. The file contains no times, and does not depend on the order of the findings.
 * @param dockerfile the image's Dockerfile in the checkout, as the location of the results
 */
function sarifReport(report, dockerfile, limits = GITHUB_LIMITS) {
    const repositories = judgedRepositories(report);
    if (repositories.length === 0)
        return undefined;
    const groups = repositories.slice(0, limits.runs).map(groupsOf);
    const left = repositories.length - groups.length;
    return fitted(limits, (most) => {
        const runs = groups.map((grouped) => runOf(grouped, report, dockerfile, most));
        const log = { $schema: SCHEMA, version: '2.1.0', runs: runs.map(({ run }) => run) };
        return {
            text: { [Symbol.iterator]: () => (0,json_text/* jsonText */.s)(log) },
            omissions: [
                ...runs.flatMap(({ omission }) => (omission === undefined ? [] : [omission])),
                ...(left > 0
                    ? [
                        `${SARIF_FILE} contains ${limits.runs} repositories and omits ${left}. GitHub accepts no more; report.json contains all of them.`,
                    ]
                    : []),
            ],
        };
    });
}
/** The file of the report. */
function sarifFile(result, dockerfile) {
    return {
        kind: 'sarif',
        name: SARIF_FILE,
        what: SARIF_FILE,
        render: () => sarifReport(result, dockerfile),
    };
}
function groupsOf(repository) {
    const groups = Map.groupBy(sortedEntries(repository), (entry) => fingerprint(repository, entry));
    return { repository, groups: [...groups] };
}
function runOf({ repository, groups }, report, dockerfile, most) {
    const shown = groups.slice(0, most);
    const findings = findingsByRule(shown.flatMap(([, entries]) => entries));
    const indexes = new Map([...findings.keys()].map((id, index) => [id, index]));
    const omission = groups.length > shown.length
        ? `${SARIF_FILE} contains the worst ${shown.length} of ${groups.length} results of ${repository.name}. report.json contains all of them.`
        : undefined;
    return {
        run: {
            tool: {
                driver: {
                    name: TOOL,
                    version: report.version,
                    semanticVersion: report.version,
                    rules: (0,json_text/* oneByOne */.E)(findings, ([id, of]) => ruleOf(id, of)),
                },
            },
            automationDetails: { id: category(repository, dockerfile) },
            invocations: [invocationOf(report, omission)],
            columnKind: 'utf16CodeUnits',
            results: (0,json_text/* oneByOne */.E)(shown, ([print, entries]) => {
                const [first] = entries;
                const id = ruleId(first.entry.finding.vulnerabilityId);
                return resultOf(repository, entries, { id, index: indexes.get(id) ?? -1, print, dockerfile });
            }),
            properties: {
                images: repository.images.map(({ image, verdict }) => ({
                    image: (0,kit_escape/* line */.n8)(image.uri),
                    verdict: verdict.verdict,
                })),
                results: groups.length,
            },
        },
        omission,
    };
}
/** The findings of each rule. A finding is listed once, however many packages it has. */
function findingsByRule(entries) {
    return Map.groupBy(new Set(entries.map(({ entry }) => entry.finding)), ({ vulnerabilityId }) => ruleId(vulnerabilityId));
}
/**
 * The category of the analysis for GitHub, up to the last slash. It contains no tag, workflow or job, so that GitHub compares
 * the analysis of a pull request with that of its base branch.
 */
function category({ address }, dockerfile) {
    const built = dockerfile === undefined ? '' : `:${dockerfile.path}`;
    return `ecr-deployment-gate/${(0,kit_escape/* line */.n8)(`${address}${built}`)}/`;
}
function invocationOf({ error }, omission) {
    const toolExecutionNotifications = [
        ...(error === undefined
            ? []
            : [{ level: 'error', message: { text: sarif_text_text(error.message, MAX_DESCRIPTION) } }]),
        ...(omission === undefined ? [] : [{ level: 'warning', message: { text: (0,kit_escape/* plain */.pj)(omission) } }]),
    ];
    return { executionSuccessful: error === undefined, toolExecutionNotifications };
}


/***/ }),

/***/ 83754:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ nextSteps)
});

// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./results/finding.js
var results_finding = __webpack_require__(76365);
// EXTERNAL MODULE: ./results/order.js
var order = __webpack_require__(58928);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
// EXTERNAL MODULE: ./versions/compare.js + 9 modules
var compare = __webpack_require__(15547);
// EXTERNAL MODULE: ./versions/ecosystem.js
var versions_ecosystem = __webpack_require__(31123);
;// CONCATENATED MODULE: ./remedies/plan.js
/** Plans the fewest upgrades that make an image pass, and finds the findings that no upgrade resolves. */





/**
 * Plans the upgrades. A finding is cleared only if all of its packages are upgraded, and each package has one version to upgrade
 * to, so there is exactly one smallest set. The order of the findings does not matter.
 * @param findings all findings that were judged, because an upgrade can clear more than what blocks
 * @param matters which findings to plan upgrades for besides those that block
 */
function remedies(findings, matters = () => true) {
    const groups = groupPackages(findings, (finding) => blocks(finding) || matters(finding));
    const obstacles = new Map();
    for (const finding of new Set([
        ...findings.filter(blocks),
        ...groups.flatMap((group) => [...group.findings]),
    ])) {
        obstacles.set(finding, obstacleOf(finding));
    }
    const clearable = (finding) => obstacles.get(finding) === undefined;
    const neededGroups = new Set(groups.filter((group) => [...group.findings].some((one) => blocks(one) && clearable(one))));
    const groupsOf = new Map();
    for (const { key, findings: concerned } of groups) {
        for (const finding of concerned) {
            const keys = groupsOf.get(finding);
            if (keys === undefined)
                groupsOf.set(finding, [key]);
            else
                keys.push(key);
        }
    }
    const plan = (chosen) => mostFirst(merged(chosen).map((members) => {
        const keys = new Set(members.map(({ key }) => key));
        const alone = (finding) => groupsOf.get(finding)?.every((key) => keys.has(key)) ?? false;
        const cleared = [...members[0].findings].filter(clearable).sort(worstFirst);
        return {
            ...describe(members),
            clears: cleared.filter(alone),
            clearsWithOthers: cleared.filter((finding) => !alone(finding)),
        };
    }));
    return {
        needed: plan([...neededGroups]),
        further: plan(groups.filter((group) => !neededGroups.has(group))),
        remaining: findings.filter(blocks).flatMap((finding) => {
            const obstacle = obstacles.get(finding);
            return obstacle === undefined ? [] : [{ finding, obstacle }];
        }),
    };
}
/** The findings that an upgrade has a part in clearing. */
function clearedBy({ clears, clearsWithOthers }) {
    return [...clears, ...clearsWithOthers];
}
/** The common name of the package manager of an upgrade. Undefined if it is unknown. */
function sourceName({ ecosystem, manager, }) {
    return ecosystem === undefined ? manager : SOURCES[ecosystem];
}
const SOURCES = {
    apk: 'apk',
    cargo: 'Cargo',
    composer: 'Composer',
    dpkg: 'apt',
    gem: 'RubyGems',
    go: 'Go',
    maven: 'Maven',
    npm: 'npm',
    nuget: 'NuGet',
    pep440: 'pip',
    rpm: 'rpm',
};
function blocks({ effect }) {
    return effect === 'block';
}
/** The packages of the findings that matter, with the versions that fix them and the findings that these clear. */
function groupPackages(findings, matters) {
    const groups = new Map();
    for (const judged of findings.filter(matters)) {
        for (const { key, found, ecosystem } of upgradable(judged)) {
            if (!groups.has(key))
                groups.set(key, newGroup(key, found, ecosystem));
        }
    }
    if (groups.size === 0)
        return [];
    for (const judged of findings) {
        const packages = upgradable(judged);
        // A finding that also needs another upgrade is not cleared by these.
        if (!packages.every(({ key }) => groups.has(key)))
            continue;
        for (const { key, found, version } of packages) {
            const group = groups.get(key);
            if (group === undefined)
                continue;
            group.versions.add(version);
            group.findings.add(judged);
            if (found.instruction !== undefined)
                group.instructions.add(found.instruction);
            if (found.filePath)
                group.filePaths.add(found.filePath);
            if (found.remediation && found.remediation !== 'NotAvailable')
                group.remediations.add(found.remediation);
        }
    }
    return [...groups.values()];
}
/** The packages of a finding that an upgrade may fix. */
function upgradable({ finding }) {
    if ((0,results_finding/* fixability */.er)(finding) === 'none')
        return [];
    return finding.packages.flatMap((found) => {
        const version = (0,results_finding/* fixedVersion */.FF)(found);
        const ecosystem = (0,versions_ecosystem/* ecosystemOf */.M)(found, finding.operatingSystem);
        if (version === undefined || !mayBeNewer(found, version, ecosystem))
            return [];
        return [{ key: keyOf(found, ecosystem), found, ecosystem, version }];
    });
}
function keyOf(found, ecosystem) {
    const { name, manager, origin, statedOrigin } = found;
    return JSON.stringify([
        name,
        (0,results_finding/* installedVersion */.nU)(found),
        manager ?? '',
        ecosystem ?? '',
        origin ?? statedOrigin ?? '',
    ]);
}
function newGroup(key, found, ecosystem) {
    return {
        key,
        name: found.name,
        installed: (0,results_finding/* installedVersion */.nU)(found),
        manager: found.manager,
        ecosystem,
        origin: found.origin ?? found.statedOrigin,
        versions: new Set(),
        findings: new Set(),
        instructions: new Set(),
        filePaths: new Set(),
        remediations: new Set(),
    };
}
/** Whether a fixed version may be newer than the installed one. A downgrade fixes nothing. */
function mayBeNewer(found, version, ecosystem) {
    return ((0,compare/* compareVersions */.Z)(ecosystem, version, (0,results_finding/* installedVersion */.nU)(found)) ?? 1) > 0;
}
function obstacleOf({ finding }) {
    const fix = (0,results_finding/* fixability */.er)(finding);
    if (fix === 'none')
        return 'no-fix';
    if (fix === 'some')
        return 'partly';
    const versions = finding.packages.map((found) => ({ found, version: (0,results_finding/* fixedVersion */.FF)(found) }));
    if (versions.length === 0 || versions.some(({ version }) => version === undefined))
        return 'no-version';
    const newer = versions.every(({ found, version }) => version !== undefined && mayBeNewer(found, version, (0,versions_ecosystem/* ecosystemOf */.M)(found, finding.operatingSystem)));
    return newer ? undefined : 'not-newer';
}
/** Merges groups that need the same upgrade. */
function merged(groups) {
    const order = new Map([...new Set(groups.flatMap(({ findings }) => [...findings]))].map((one, at) => [one, at]));
    const alike = Map.groupBy(groups, ({ installed, manager, ecosystem, origin, versions, findings }) => JSON.stringify([
        [installed, manager ?? '', ecosystem ?? '', origin ?? ''],
        [...versions].sort(),
        [...findings].map((finding) => order.get(finding) ?? -1).sort((a, b) => a - b),
    ]));
    return [...alike.values()].map((members) => members.sort((a, b) => (0,text_0/* compareTexts */.qy)(a.name, b.name)));
}
function describe(members) {
    const [{ installed, manager, ecosystem, origin, versions: given }] = members;
    const versions = newest([...given], ecosystem);
    const [only = '', ...others] = versions;
    const all = (texts) => [...new Set(members.flatMap((group) => [...texts(group)]))].sort();
    return {
        names: [...new Set(members.map(({ name }) => name))],
        installed,
        manager,
        ecosystem,
        origin,
        versions,
        certain: others.length === 0 && (0,compare/* compareVersions */.Z)(ecosystem, only, installed) === 1,
        instructions: all((group) => group.instructions),
        filePaths: all((group) => group.filePaths),
        remediations: all((group) => group.remediations),
    };
}
/** The most versions that are compared with each other if none is certainly the newest. */
const MOST_UNCERTAIN = 50;
/** The newest version, or all candidates if none is certainly newer than the others. */
function newest(versions, ecosystem) {
    const sorted = versions.toSorted(text_0/* compareTexts */.qy);
    let chosen = [];
    for (const version of sorted) {
        const orders = chosen.map((other) => (0,compare/* compareVersions */.Z)(ecosystem, version, other));
        // Of equal versions that are written differently, the first stays.
        if (orders.some((order) => order !== undefined && order <= 0))
            continue;
        chosen = [...chosen.filter((_, at) => orders[at] === undefined), version];
        // Each version is compared with all others, and a reader has no use for more.
        if (chosen.length > MOST_UNCERTAIN)
            return sorted;
    }
    return chosen;
}
function worstFirst(a, b) {
    return (0,order/* byEffect */.xG)(a, b) || (0,order/* bySeverity */.Np)(a.finding, b.finding) || (0,text_0/* compareTexts */.qy)(a.finding.id, b.finding.id);
}
/** Sorts upgrades by the number of blocking findings that they clear, then of all findings, the worst severity and the name. */
function mostFirst(upgrades) {
    // There can be ten thousand, so the sort keys are computed once.
    const weighed = upgrades.map((upgrade) => {
        const cleared = clearedBy(upgrade);
        const worst = cleared.reduce((least, finding) => Math.min(least, (0,order/* severityOrder */.IY)(finding.finding.severity)), Infinity);
        return {
            upgrade,
            weights: [-cleared.filter(blocks).length, -cleared.length, worst],
            name: identity(upgrade),
        };
    });
    return weighed
        .sort((a, b) => {
        const at = a.weights.findIndex((weight, index) => weight !== b.weights[index]);
        return at === -1 ? (0,text_0/* compareTexts */.qy)(a.name, b.name) : (a.weights[at] ?? 0) - (b.weights[at] ?? 0);
    })
        .map(({ upgrade }) => upgrade);
}
function identity({ names, installed, manager, ecosystem, origin }) {
    return JSON.stringify([names, installed, manager ?? '', ecosystem ?? '', origin ?? '']);
}

// EXTERNAL MODULE: ./remedies/rebuild.js
var rebuild = __webpack_require__(72549);
// EXTERNAL MODULE: ./results/modes/envelope.js
var envelope = __webpack_require__(75795);
// EXTERNAL MODULE: ./results/modes/images.js
var modes_images = __webpack_require__(8829);
// EXTERNAL MODULE: ./results/severity.js
var severity = __webpack_require__(36625);
// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
// EXTERNAL MODULE: ./report/kit/blocks.js
var kit_blocks = __webpack_require__(81477);
// EXTERNAL MODULE: ./report/kit/escape.js
var kit_escape = __webpack_require__(95964);
// EXTERNAL MODULE: ./report/kit/links.js
var links = __webpack_require__(35398);
// EXTERNAL MODULE: ./report/kit/once.js
var once = __webpack_require__(41342);
// EXTERNAL MODULE: ./report/kit/words.js
var words = __webpack_require__(4310);
// EXTERNAL MODULE: ./report/findings/base-words.js
var base_words = __webpack_require__(62566);
// EXTERNAL MODULE: ./report/findings/words.js
var findings_words = __webpack_require__(16878);
;// CONCATENATED MODULE: ./report/findings/steps.js
/** What to do, as blocks: the upgrades with which an image passes, and the findings that no upgrade resolves. */















const MAX_UPGRADES = 25;
const MAX_FURTHER = 25;
const MAX_NAMES = 10;
/** How many images of an upgrade are named. */
const MAX_IMAGES = 3;
const MAX_ERRORS = 20;
const MAX_MESSAGE = 4_000;
const MAX_EXCEPTIONS = 10;
/** How long an exception of the template lasts. */
const OFFERED_MS = 30 * time/* DAY_MS */.sO;
/** The next steps, those of errors first; nothing if there is nothing to do. */
const nextSteps = (0,once/* oncePer */.P)((report) => {
    // Upgrades are planned for what a rebuild on a newer base image leaves.
    const later = afterRebuild(report);
    const judged = (0,modes_images/* verdictsIn */.kR)(later.images).flatMap((verdict) => verdict.judged);
    const plan = remedies(judged, mattersIn(later));
    const errors = [...report.nextSteps.slice(0, MAX_ERRORS).map(stepWords), ...errorSteps(report)];
    const obstacles = obstacleSteps(plan);
    const notes = [...limitSteps(later, plan), ...otherSteps(later)];
    const blocks = [
        ...(errors.length > 0 ? [(0,kit_blocks/* bullets */.e5)(errors)] : []),
        ...whoseBlocks(report),
        ...rebuildBlocks(report, 'block'),
        ...upgradeBlocks(later, plan, afterWords(report)),
        ...(obstacles.length > 0 ? ['<p><b>Not resolved by any upgrade</b>:</p>', (0,kit_blocks/* bullets */.e5)(obstacles)] : []),
        ...(notes.length > 0 ? [(0,kit_blocks/* bullets */.e5)(notes)] : []),
        ...exceptionToCopy(later, plan),
    ];
    const further = [...rebuildBlocks(report, 'warn'), ...furtherUpgrades(later, plan)];
    if (blocks.length === 0)
        return further;
    return ['<h3>What to do</h3>', ...blocks, ...further];
});
/** The report as it would be after the recommended rebuilds, by today's findings; the same report where there are none. */
function afterRebuild(report) {
    const images = report.images.map((image) => {
        const change = (0,base_words/* recommended */.W2)(image);
        if (change === undefined || image.outcome.kind !== 'judged')
            return image;
        return { ...image, outcome: { kind: 'judged', verdict: (0,rebuild/* verdictAfter */.c)(image.outcome.verdict, change) } };
    });
    if (images.every((image, at) => image === report.images[at]))
        return report;
    const verdict = report.verdict === 'error' ? 'error' : (0,envelope/* worst */.QZ)(images.map(modes_images/* verdictOf */.Vj));
    return { ...report, images, verdict };
}
/** What the upgrades come after: `After the rebuild`, which is the first where there is a choice; undefined without any. */
function afterWords({ images }) {
    const choices = images.map(({ advice }) => advice?.newer.filter(({ change }) => change !== undefined) ?? []);
    if (choices.every(({ length }) => length === 0))
        return undefined;
    return choices.some(({ length }) => length > 1) ? 'After the first rebuild' : 'After the rebuild';
}
/** The newer base images of the images with a verdict; those for warnings are folded. */
function rebuildBlocks(report, verdict) {
    const items = report.images
        .filter((image) => (0,modes_images/* verdictOf */.Vj)(image) === verdict)
        .flatMap((image) => rebuildItems(image, report));
    if (items.length === 0)
        return [];
    if (verdict === 'block')
        return [(0,kit_blocks/* bullets */.e5)(items)];
    const count = report.images.filter((image) => (0,base_words/* recommended */.W2)(image) !== undefined).length;
    return count === 0 ? [] : [(0,kit_blocks/* details */.zH)('🔁 Rebuild on a newer base image, for warnings', [(0,kit_blocks/* bullets */.e5)(items)])];
}
function rebuildItems(image, report) {
    const { advice, outcome } = image;
    if (advice === undefined || outcome.kind !== 'judged')
        return [];
    const name = report.images.length > 1 ? `${(0,kit_blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300)}: ` : '';
    const shown = advice.newer.filter(base_words/* isShown */.aJ);
    const items = shown.map((newer, at) => {
        const reference = (0,kit_blocks/* code */.aY)((0,findings_words/* shortReference */.eV)(newer.reference), 300);
        const digest = `${(0,kit_blocks/* code */.aY)((0,words/* shortDigest */.VK)(newer.digest))}, ${(0,base_words/* sinceWords */.KR)(newer.pushedAt, report.judgedAt)}`;
        if (newer.change === undefined) {
            return `🔁 ${name}${reference} points at a newer image now (${digest}) than the image is built on. What a rebuild on it resolves is unknown: ${(0,kit_blocks/* prose */.CS)((0,text_0/* clip */.$Q)(newer.unknown ?? '', MAX_MESSAGE))}.`;
        }
        const isAlternative = shown.slice(0, at).some(({ change }) => change !== undefined);
        const what = newer.kind === 'same-tag'
            ? `<b>Rebuild on today’s ${reference}</b> (${digest})`
            : `<b>${isAlternative ? 'Or build' : 'Build'} on ${reference}</b>, the newest tag of its line (${digest})`;
        const then = (0,base_words/* thenWords */.T6)(newer.change, outcome.verdict);
        const passes = then === undefined ? '' : ` <b>${then}</b>, based on today’s findings of both images.`;
        return `🔁 ${name}${what}: ${(0,base_words/* changeWords */.mF)(newer.change, outcome.verdict)}.${passes}`;
    });
    if (!advice.isCurrent || (0,base_words/* recommended */.W2)(image) !== undefined)
        return items;
    const isAbout = (0,findings_words/* judgedWith */.wJ)(image, 'block').some((finding) => originOf(finding) === 'base');
    return isAbout ? [...items, `${name}${currentWords(advice, report.judgedAt)}`] : items;
}
/** Says that a rebuild does not help, because the image is built on what the tag points at now. */
function currentWords({ base, pushedAt }, judgedAt) {
    const reference = (0,kit_blocks/* code */.aY)((0,findings_words/* shortReference */.eV)(base), 300);
    const old = judgedAt !== undefined && (0,base_words/* ageOf */.hy)(pushedAt, judgedAt) > base_words/* OLD_MS */.B9;
    const cache = old
        ? ' If its repository is a pull-through cache, pull the tag once, so that ECR looks for a newer image.'
        : '';
    return `The image is built on the current ${reference} (${(0,base_words/* sinceWords */.KR)(pushedAt, judgedAt)}), so a rebuild on it does not resolve the findings in the base image.${cache}`;
}
/** The findings that matter: those that block or warn, and those of a severity whose limit is exceeded. */
function mattersIn({ images }) {
    const limited = new Set((0,modes_images/* verdictsIn */.kR)(images).flatMap(({ exceededLimits }) => exceededLimits.map(({ severity }) => severity.toUpperCase())));
    return ({ effect, finding }) => effect !== 'allow' || limited.has(finding.severity);
}
/** The next steps of errors, each once; if there are several images, with the names of those that it is about. */
function errorSteps({ error, images }) {
    if (error !== undefined) {
        const steps = (0,errors/* failuresIn */.xM)(error).flatMap(({ nextStep }) => nextStep === undefined ? [] : [stepWords(nextStep)]);
        return [...new Set(steps)];
    }
    const asked = images.flatMap((image) => image.outcome.kind === 'error' && image.outcome.error.nextStep !== undefined
        ? [{ image, step: image.outcome.error.nextStep }]
        : []);
    const steps = [...Map.groupBy(asked, ({ step }) => step)].slice(0, MAX_ERRORS);
    return steps.map(([step, about]) => {
        if (images.length === 1)
            return stepWords(step);
        const names = about.slice(0, MAX_NAMES).map(({ image }) => (0,kit_blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300));
        const left = about.length - names.length;
        return `${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}: ${stepWords(step)}`;
    });
}
function stepWords(step) {
    return (0,kit_blocks/* lines */.Mn)((0,text_0/* clip */.$Q)(step, MAX_MESSAGE));
}
/** The upgrades that resolve blocking findings, grouped by layer. */
function upgradeBlocks(report, { needed, remaining }, after) {
    if (needed.length === 0)
        return [];
    const shown = needed.slice(0, MAX_UPGRADES);
    const imagesOf = imagesOfUpgrades(report);
    const groups = Map.groupBy(shown, ({ origin }) => origin);
    const left = needed.length - shown.length;
    return [
        `<p>${lead(report, needed, remaining.length, after)}</p>`,
        ...[...ORIGINS, undefined].flatMap((origin) => {
            const upgrades = groups.get(origin) ?? [];
            if (upgrades.length === 0)
                return [];
            const title = groups.size === 1 && origin === undefined ? [] : [groupTitle(origin, report)];
            return [...title, (0,kit_blocks/* bullets */.e5)(upgrades.map((upgrade) => upgradeItem(upgrade, imagesOf(upgrade))))];
        }),
        ...commands(shown),
        ...(left > 0 ? [`<p>See <code>report.json</code> for ${(0,words/* plural */.LS)(left, 'more upgrade')}.</p>`] : []),
    ];
}
const ORIGINS = ['base', 'application'];
/** Says that the image passes with the upgrades only if nothing else blocks it, and no data is missing. */
function lead(report, needed, remaining, after) {
    const which = needed.length === 1 ? 'this upgrade' : `these ${needed.length} upgrades`;
    const blocking = report.images.flatMap((image) => (0,findings_words/* judgedWith */.wJ)(image, 'block'));
    const enough = report.verdict === 'block' && remaining === 0 && !limitsExceeded(report) && !blocking.some(lacksData);
    const begun = (text) => after === undefined ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : `${after}, ${text}`;
    if (enough) {
        const certain = needed.every((upgrade) => upgrade.certain);
        const [what, passes] = report.images.length > 1 ? ['all images', 'pass'] : ['the image', 'passes'];
        const then = after !== undefined
            ? `${what} ${certain ? passes : 'should pass'} with ${which}`
            : `with ${which}, ${what} ${certain ? passes : 'should pass'}`;
        return `<b>${begun(then)}</b>, based on today’s findings:`;
    }
    const resolved = blocking.length - remaining;
    const of = resolved === blocking.length ? '' : `${resolved} of `;
    const verb = needed.length === 1 ? 'resolves' : 'resolve';
    const left = after !== undefined ? 'remaining blocking finding' : 'blocking finding';
    return `<b>${begun(`${which} ${verb} ${of}${of === '' ? '' : 'the '}${(0,words/* plural */.LS)(blocking.length, left)}`)}</b>:`;
}
/** Whether a finding blocks because data that a rule requires is unavailable. */
function lacksData({ reason }) {
    return reason.kind === 'rule' && reason.missing.length > 0;
}
function limitsExceeded({ images }) {
    return (0,modes_images/* verdictsIn */.kR)(images).some(({ exceededLimits }) => exceededLimits.length > 0);
}
/** How many blocking findings are in the base image; nothing if no layer is known. */
function whoseBlocks(report) {
    const blocking = report.images.flatMap((image) => (0,findings_words/* judgedWith */.wJ)(image, 'block'));
    const count = (origin) => blocking.filter((finding) => originOf(finding) === origin).length;
    const [base, own, unknown] = [count('base'), count('application'), count(undefined)];
    if (base + own === 0)
        return [];
    // An exceeded limit blocks as well, and counts findings of all layers.
    const alone = !limitsExceeded(report);
    if (alone && base === blocking.length) {
        return [`<p>All blocking findings are in the base image${baseNames(report)}.</p>`];
    }
    if (alone && own === blocking.length) {
        return ['<p>All blocking findings are in your own layers.</p>'];
    }
    const parts = [
        ...(base > 0 ? [`${base} in the base image${baseNames(report)}`] : []),
        ...(own > 0 ? [`${own} in your own layers`] : []),
        ...(unknown > 0 ? [`${unknown} in an unknown layer`] : []),
    ];
    return [
        `<p>${(0,words/* plural */.LS)(blocking.length, 'blocking finding')}${alone ? '' : ' apart from the limits'}: ${parts.join(', ')}.</p>`,
    ];
}
/** The origin of the layers of all packages of a finding; undefined if it is unknown, or if they have both. */
function originOf({ finding: { packages } }) {
    const [first, ...others] = new Set(packages.map(({ origin, statedOrigin }) => origin ?? statedOrigin));
    return others.length === 0 ? first : undefined;
}
function groupTitle(origin, report) {
    switch (origin) {
        case 'base': {
            // With advice, the lines above say whether there is a newer one.
            const newer = report.images.some(({ advice }) => advice !== undefined)
                ? ''
                : 'rebuild on a newer one, or ';
            return `<p>🧱 <b>Base image</b>${baseNames(report)}: ${newer}upgrade in your Dockerfile:</p>`;
        }
        case 'application':
            return '<p>🛠️ <b>Your own layers</b>:</p>';
        case undefined:
            return '<p><b>Unknown layer</b>:</p>';
    }
}
/** The names of the base images, and whether only the image itself says that the findings are in them. */
function baseNames(report) {
    const bases = new Set(report.images.flatMap(({ baseImages = [] }) => baseImages.map(({ name }) => name)));
    const names = [...bases].slice(0, 3).map((name) => (0,kit_blocks/* code */.aY)((0,findings_words/* shortReference */.eV)(name), 300));
    const stated = report.images
        .flatMap((image) => (0,findings_words/* judgedWith */.wJ)(image, 'block'))
        .filter((finding) => originOf(finding) === 'base')
        .some(({ finding }) => finding.packages.some(({ origin }) => origin === undefined));
    return `${names.length === 0 ? '' : ` ${names.join(', ')}`}${stated ? ' (according to the image)' : ''}`;
}
/** The images whose findings an upgrade resolves; none if the run has only one image. */
function imagesOfUpgrades({ images }) {
    if (images.length < 2)
        return () => [];
    const imageOf = new Map(images.flatMap((image) => image.outcome.kind === 'judged' ? image.outcome.verdict.judged.map((one) => [one, image]) : []));
    return (upgrade) => {
        const own = new Set(clearedBy(upgrade).map((finding) => imageOf.get(finding)));
        return images.filter((image) => own.has(image));
    };
}
/** `for team/api:1.4.2, team/worker:1.4.2 and 2 more images`. */
function forImages(images) {
    if (images.length === 0)
        return [];
    const names = images.slice(0, MAX_IMAGES).map((image) => (0,kit_blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300));
    const left = images.length - names.length;
    return [`for ${left > 0 ? `${names.join(', ')} and ${(0,words/* plural */.LS)(left, 'more image')}` : (0,words/* enumerate */.HL)(names)}`];
}
/**
 * `openssl 3.0.1 → 3.0.2 (apt) resolves 4 findings, 1 critical`, and the instruction that added it.
 * @param images the images that the upgrade is for, to be named
 */
function upgradeItem(given, images) {
    const [first = '', ...others] = given.versions;
    const target = (0,kit_blocks/* code */.aY)(first, 60) +
        others
            .slice(0, 5)
            .map((version) => `, ${(0,kit_blocks/* code */.aY)(version, 60)}`)
            .join('');
    const newest = others.length > 0 ? ' (whichever is newest)' : '';
    const names = given.names.slice(0, MAX_NAMES).map((name) => `<b>${(0,kit_blocks/* code */.aY)(name)}</b>`);
    const unnamed = given.names.length > names.length ? ` and ${given.names.length - names.length} more` : '';
    const source = sourceName(given);
    const from = source === undefined ? '' : ` (${given.ecosystem === undefined ? (0,kit_blocks/* code */.aY)(source, 40) : source})`;
    const cleared = clearedBy(given);
    const together = given.clears.length === 0 ? ' together with the other upgrades for these findings' : '';
    const paths = given.filePaths.slice(0, 2).map((path) => (0,kit_blocks/* code */.aY)(path, 160));
    const places = given.filePaths.length > paths.length
        ? `${paths.join(', ')} and ${given.filePaths.length - paths.length} more`
        : paths.join(', ');
    return [
        `${names.join(', ')}${unnamed} ${(0,kit_blocks/* code */.aY)(given.installed, 60)} → ${target}${newest}${from} resolves ${clearedWords(cleared)}${together}`,
        ...forImages(images),
        // The instructions of the base image are in another Dockerfile.
        ...(given.origin === 'base' ? [] : given.instructions)
            .slice(0, 2)
            .map((instruction) => `added by ${(0,kit_blocks/* code */.aY)((0,findings_words/* instructionWords */.sD)(instruction), 200)}`),
        ...(places === '' ? [] : [`in ${places}`]),
    ].join('<br>');
}
/** The commands that Inspector recommends for these upgrades, each once. */
function commands(upgrades) {
    const all = [...new Set(upgrades.flatMap(({ remediations }) => remediations))];
    if (all.length === 0)
        return [];
    return [
        `<p>Inspector recommends: ${all
            .slice(0, 3)
            .map((command) => (0,kit_blocks/* code */.aY)(command, 300))
            .join(', ')}</p>`,
    ];
}
/** `4 findings, 1 critical`; `2 critical findings` where all of them are. */
function clearedWords(findings) {
    const worst = findings[0]?.finding.severity;
    const word = worst === undefined ? undefined : (0,severity/* severityWord */.Oh)(worst);
    const all = (0,words/* plural */.LS)(findings.length, 'finding');
    if (word === undefined)
        return all;
    const count = findings.filter(({ finding }) => finding.severity === worst).length;
    return count === findings.length ? (0,words/* plural */.LS)(count, `${word} finding`) : `${all}, ${count} ${word}`;
}
const OBSTACLES = {
    partly: 'only some of the affected packages have a fix',
    'no-version': 'the scanner reports no fixed version. See the advisory',
    'not-newer': 'the reported fixed version is not newer than the installed one. See the advisory',
    'no-fix': 'there is no fix yet. Remove the package, change the base image, or add an exception with a reason and an expiry date',
};
function obstacleSteps({ remaining }) {
    return ['partly', 'no-version', 'not-newer', 'no-fix'].flatMap((obstacle) => {
        const findings = remaining.filter((one) => one.obstacle === obstacle).map(({ finding }) => finding);
        if (findings.length === 0)
            return [];
        const byId = Map.groupBy(findings, ({ finding }) => finding.vulnerabilityId);
        const shown = [...byId].slice(0, MAX_NAMES).map(([id, all]) => {
            const advisory = (0,links/* vendorAdvisory */.K0)(all[0]?.finding.sourceUrl);
            const packages = packageNames(all).slice(0, 3);
            const names = packages.length === 0 ? '' : ` in ${packages.map((name) => (0,kit_blocks/* code */.aY)(name)).join(', ')}`;
            const said = advisory === undefined ? '' : ` (${(0,kit_blocks/* link */.nf)(advisory.url, advisory.vendor)})`;
            return `${(0,kit_blocks/* vulnerability */.L1)(id)}${names}${said}`;
        });
        const left = byId.size - shown.length;
        return [`${shown.join('; ')}${left > 0 ? ` and ${left} more` : ''}: ${OBSTACLES[obstacle]}.`];
    });
}
/** The packages of all findings of one vulnerability. */
function packageNames(findings) {
    return [...new Set(findings.flatMap(({ finding }) => finding.packages.map(({ name }) => name)))];
}
/** How many findings are above a limit, and the upgrades that resolve most of those that count. */
function limitSteps({ images }, { needed, further }) {
    return images.flatMap((image) => {
        if (image.outcome.kind !== 'judged')
            return [];
        const { judged, exceededLimits } = image.outcome.verdict;
        const name = images.length > 1 ? `${(0,kit_blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300)}: ` : '';
        const own = new Set(judged);
        return exceededLimits.map((limit) => {
            const counting = (upgrade) => upgrade.clears.filter((one) => own.has(one) && one.finding.severity.toLowerCase() === limit.severity && one.counts).length;
            const most = [...needed, ...further]
                .map((upgrade) => ({ upgrade, clears: counting(upgrade) }))
                .filter(({ clears }) => clears > 0)
                .sort((a, b) => b.clears - a.clears)
                .slice(0, 3)
                .map(({ upgrade, clears }) => `upgrading ${named(upgrade)} resolves ${clears}`);
            const how = most.length === 0 ? 'no upgrade resolves any of them' : most.join(', ');
            return `${name}${(0,findings_words/* limitWords */.vd)(limit)}. Fix at least ${limit.found - limit.allowed}: ${how}.`;
        });
    });
}
/** `openssl to 3.0.2`. */
function named({ names, versions }) {
    return `${(0,kit_blocks/* code */.aY)(names[0] ?? '')} to ${(0,kit_blocks/* code */.aY)(versions[0] ?? '', 60)}`;
}
function otherSteps(report) {
    const blocking = report.images.flatMap((image) => (0,findings_words/* judgedWith */.wJ)(image, 'block'));
    const unknown = blocking.some(({ reason }) => reason.kind === 'unknown-severity');
    const tolerated = (0,findings_words/* toleratedWords */.Oc)(report);
    return [
        ...(unknown
            ? ['An unknown severity always blocks. Check whether a newer version of this action supports it.']
            : []),
        ...(tolerated === undefined
            ? []
            : [
                `${(0,kit_escape/* html */.qy)(tolerated)}. The output <code>passed</code> is <code>false</code>: do not deploy an image that did not pass.`,
            ]),
    ];
}
// An ID or a name of another form could mean something else in YAML or in a glob.
const COPIED_ID = /^[A-Z]{2,10}-[A-Za-z0-9-]{1,60}$/;
const COPIED_PACKAGE = /^[A-Za-z0-9@][A-Za-z0-9@._/:+-]{0,99}$/;
/** A template of an exceptions file for the findings that no upgrade resolves; only the reasons are missing. */
function exceptionToCopy({ images, judgedAt, startedAt }, { remaining }) {
    const blocked = images.some((image) => (0,modes_images/* verdictOf */.Vj)(image) === 'block');
    const byId = Map.groupBy(remaining.filter(({ finding }) => COPIED_ID.test(finding.finding.vulnerabilityId)), ({ finding }) => finding.finding.vulnerabilityId);
    const from = (judgedAt ?? startedAt).getTime() + OFFERED_MS;
    if (!blocked || byId.size === 0 || Number.isNaN(new Date(from).getTime()))
        return [];
    const expires = (0,time/* day */.vd)(new Date(from));
    const yaml = [...byId].slice(0, MAX_EXCEPTIONS).flatMap(([id, all]) => {
        const [name, ...others] = packageNames(all.map(({ finding }) => finding));
        const only = name !== undefined && others.length === 0 && COPIED_PACKAGE.test(name);
        return [
            `  - id: ${id}`,
            ...(only ? [`    package: &#39;${name}&#39;`] : []),
            '    reason: &#39;TODO: why this risk is accepted&#39;',
            `    expires: ${expires}`,
            ...(all.every(({ obstacle }) => obstacle === 'no-fix') ? ['    until-fixed: true'] : []),
        ];
    });
    const text = ['version: 1', 'exceptions:', ...yaml].join('\n');
    return [
        (0,kit_blocks/* details */.zH)('📝 Template for an exceptions file', [
            `<pre><code>${text}</code></pre>`,
            '<p>Set the input <code>exceptions</code> to the path of the file. The policy can restrict exceptions.</p>',
        ]),
    ];
}
/** Upgrades that resolve warnings and no blocking finding. */
function furtherUpgrades(report, { further }) {
    const useful = further.filter((upgrade) => upgrade.clears.some(({ effect }) => effect === 'warn'));
    if (useful.length === 0)
        return [];
    const shown = useful.slice(0, MAX_FURTHER);
    const imagesOf = imagesOfUpgrades(report);
    const left = useful.length - shown.length;
    return [
        (0,kit_blocks/* details */.zH)(`🔧 ${(0,words/* plural */.LS)(useful.length, 'upgrade')} for warnings`, [
            (0,kit_blocks/* bullets */.e5)(shown.map((upgrade) => upgradeItem(upgrade, imagesOf(upgrade)))),
            ...commands(shown),
            ...(left > 0 ? [`<p>See <code>report.json</code> for ${left} more.</p>`] : []),
        ]),
    ];
}


/***/ }),

/***/ 74179:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Br: () => (/* binding */ renderSummary),
/* harmony export */   DU: () => (/* binding */ bareSummary),
/* harmony export */   R_: () => (/* binding */ heading),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   Ve: () => (/* binding */ digestCell),
/* harmony export */   pT: () => (/* binding */ errorBlocks),
/* harmony export */   s8: () => (/* binding */ verdictCell)
/* harmony export */ });
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(75795);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8829);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(24686);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41956);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81477);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95964);
/* harmony import */ var _kit_links_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(35398);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4310);
/* harmony import */ var _comparison_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(40310);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(16589);
/* harmony import */ var _hidden_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(91463);
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(77650);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(16878);
/** The job summary: the verdict, then what to do, then the details, folded. */













const MAX_BLOCKING_SHOWN = 25;
const MAX_HEADLINE = 240;
const MAX_MESSAGE = 4_000;
const MAX_NOTICES = 10;
/** With more images than this, those that passed are folded together. */
const MANY_IMAGES = 10;
const MAX_IMAGE_ROWS = 25;
/** How many images that did not pass are shown open. */
const MAX_OPEN_IMAGES = 10;
/** For how many images the summary says which classes of findings suppression rules hide. */
const MAX_HIDING_IMAGES = 5;
/**
 * Renders the summary, worst findings first. Rows that do not fit are counted, not shown.
 * @param limitBytes the most bytes the summary may have
 */
function renderSummary(result, parts, limitBytes) {
    // Rows are most of a long summary. How long the rest is, is known only after rendering.
    for (let rowBytes = Math.floor(limitBytes * 0.8); rowBytes > 0; rowBytes = Math.floor(rowBytes / 4)) {
        const text = render(result, parts, (0,_rows_js__WEBPACK_IMPORTED_MODULE_8__/* .planRows */ .Lq)(result, rowBytes));
        if (Buffer.byteLength(text) <= limitBytes)
            return text;
    }
    return `${[heading(result.verdict, parts.headline), '<p>The rest does not fit here. See <code>report.json</code>.</p>'].join('\n\n')}\n`;
}
/** The summary if rendering fails. */
function bareSummary({ verdict }) {
    return `<h2>${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7[verdict]} ${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .VERDICT_WORDS */ ._G[verdict]}</h2>\n`;
}
function render(result, parts, plan) {
    const [first, ...others] = result.images;
    return `${[
        heading(result.verdict, parts.headline),
        ...(first !== undefined && others.length === 0 ? [nameOf(first)] : []),
        ...judgedBy(result),
        ...weakenedBy(result, parts),
        ...errorBlocks(result),
        ...parts.steps,
        ...parts.proofs,
        ...(first !== undefined && others.length === 0
            ? singleImage(first, result, plan)
            : severalImages(result, parts, plan)),
        ...(0,_comparison_js__WEBPACK_IMPORTED_MODULE_5__/* .gone */ .qp)(result.images),
        ...(0,_exceptions_js__WEBPACK_IMPORTED_MODULE_6__/* .exceptionBlocks */ .S2)(result),
        ...parts.signatures,
        settings(result),
    ].join('\n\n')}\n`;
}
function singleImage(image, result, plan) {
    return [
        ...noticeBlocks(result),
        ...blockingBlocks(image, plan),
        ...(0,_comparison_js__WEBPACK_IMPORTED_MODULE_5__/* .comparison */ .my)(result),
        ...restOfImage(image, plan),
    ];
}
/** Images that did not pass come first. If there are many, those that passed are folded together. */
function severalImages(result, parts, plan) {
    const images = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .worstFirst */ .md)(result.images);
    const passed = images.filter((image) => (0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_11__/* .allows */ .NB)((0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictOf */ .Vj)(image)));
    const folded = images.length > MANY_IMAGES ? passed : [];
    const shown = images.slice(0, images.length - folded.length);
    // If the images were not judged, the tables of the checks contain everything about them except their digests.
    const judged = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictsIn */ .kR)(images).length > 0 || parts.proofs.length === 0;
    const open = new Set(judged ? shown.slice(0, MAX_OPEN_IMAGES) : []);
    const tableOfImages = (rows) => judged && rows.length > 0 ? [imagesTable(rows, parts)] : [];
    const about = (image) => imageDetails(image, plan, open.has(image));
    return [
        ...tableOfImages(shown.slice(0, MAX_IMAGE_ROWS)),
        ...(judged ? (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(shown.length - MAX_IMAGE_ROWS) : []),
        ...noticeBlocks(result),
        ...(0,_comparison_js__WEBPACK_IMPORTED_MODULE_5__/* .comparison */ .my)(result),
        ...shown.map(about),
        ...(folded.length > 0
            ? [
                (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(judged
                    ? `${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7.pass} ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(folded.length, 'image')} passed`
                    : `📦 Digests of ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(folded.length, 'verified image')}`, [...tableOfImages(folded), ...folded.map(about)]),
            ]
            : []),
    ];
}
/** The verdict in one line, with short digests and images without their hosts, which are in the details. */
function heading(verdict, headline) {
    const words = (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .withoutHosts */ .a9)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)((0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .firstLine */ .TM)(headline)));
    return `<h2>${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7[verdict]} ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_12__/* .clip */ .$Q)(words, MAX_HEADLINE))}</h2>`;
}
/** The image, its digest and its platforms. */
function nameOf(image) {
    const named = (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .namedPlatforms */ .Of)(image.platforms.map(({ platform }) => platform));
    const shown = named.slice(0, 8).map((platform) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(platform, 60));
    const left = named.length > shown.length ? ` and ${named.length - shown.length} more` : '';
    const platforms = shown.length === 0 ? [] : [`${shown.join(' ')}${left}`];
    const digest = image.digest === undefined ? [] : [digestCell(image)];
    return `<p>${[(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shortName */ .EU)(image), 300), ...digest, ...platforms].join(' · ')}</p>`;
}
/** The policy, or the thresholds alone; nothing if no image was judged. */
function judgedBy({ documents, settings: given, images }) {
    if (given === undefined || (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictsIn */ .kR)(images).length === 0)
        return [];
    const thresholds = `<code>fail-on: ${given.failOn}</code> and <code>warn-on: ${given.warnOn}</code>`;
    const policy = documents?.policy;
    if (policy === undefined)
        return [`<p>Judged by the thresholds ${thresholds}.</p>`];
    const moving = policy.moving ? ', read from a branch or tag' : '';
    return [
        `<p>Judged by the policy ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(policy.uri, 300)} (${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)(`sha256:${policy.policySha256}`))}${moving}). The thresholds ${thresholds} apply to findings that match no rule.</p>`,
    ];
}
/** The inputs with which the workflow allows more than the policy, or the thresholds, alone. */
function weakenedBy(result, { isAttested }) {
    const { images } = result;
    const inputs = [...new Set(images.flatMap(_words_js__WEBPACK_IMPORTED_MODULE_9__/* .weakeningWords */ .vK))];
    if (inputs.length === 0)
        return [];
    const what = (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .standardWord */ .c5)(result);
    const attested = images.some((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .weakeningWords */ .vK)(image).length > 0 && isAttested(image));
    const note = attested ? ' The attestation of this verdict therefore names a different policy.' : '';
    return [
        `<p>⚖️ <b>Less strict than the ${what}</b>: the workflow sets ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .enumerate */ .HL)(inputs.map((input) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(input, 100)))}, which allows more than the ${what} alone.${note}</p>`,
    ];
}
/** Every error that the headline shows only in part. */
function errorBlocks({ error, images }) {
    const ofImages = images.length > 1
        ? []
        : images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
    // The error of the run ended its images as well, so theirs add nothing.
    const shown = error === undefined ? ofImages : [error];
    return shown
        .filter(({ message }) => (0,_text_js__WEBPACK_IMPORTED_MODULE_12__/* .clip */ .$Q)((0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .firstLine */ .TM)(message), MAX_HEADLINE - 60) !== message)
        .map(errorBlock);
}
function errorBlock({ message }) {
    return `<blockquote>${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)((0,_text_js__WEBPACK_IMPORTED_MODULE_12__/* .clip */ .$Q)(message, MAX_MESSAGE)))}</blockquote>`;
}
function imagesTable(images, { isSigned }) {
    const judged = images.some(({ outcome }) => outcome.kind === 'judged');
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)([
        'Image',
        'Digest',
        'Verdict',
        ...(judged ? ['Blocking', 'Critical', 'High', 'All findings'] : []),
        'Signed',
    ], images.map((image) => {
        const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
        const counts = [
            verdict?.blocking,
            verdict?.counts.critical,
            verdict?.counts.high,
            verdict?.counts.total,
        ];
        return [
            (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shortName */ .EU)(image), 300),
            digestCell(image),
            verdictCell(image),
            ...(judged ? counts.map((count) => `${count ?? '–'}`) : []),
            isSigned(image) ? 'yes' : 'no',
        ];
    }));
}
function digestCell({ digest }) {
    return digest === undefined ? '–' : (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)(digest));
}
function verdictCell(image) {
    return `${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7[(0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictOf */ .Vj)(image)]} ${(0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .verdictWords */ .L2)(image)}`;
}
/** @param isFirst only the first images are open, so that the summary stays readable */
function imageDetails(image, plan, isFirst) {
    const verdict = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictOf */ .Vj)(image);
    const error = image.outcome.kind === 'error' ? [errorBlock(image.outcome.error)] : [];
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(`${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7[verdict]} <b>${(0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .verdictWords */ .L2)(image)}</b>: ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shortName */ .EU)(image), 300)}`, [...error, ...limitBlocks(image), ...blockingBlocks(image, plan), ...restOfImage(image, plan)], isFirst && !(0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_11__/* .allows */ .NB)(verdict));
}
/** The limits that an image exceeds: of several images, the list of what to do is not next to the image. */
function limitBlocks(image) {
    const words = (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .limitsExceededBy */ .f9)(image);
    return words.length === 0 ? [] : [`<p>${words.join('<br>')}</p>`];
}
function blockingBlocks(image, plan) {
    const group = plan.get(image)?.block;
    if (group === undefined || group.total === 0)
        return [];
    const open = group.rows.slice(0, MAX_BLOCKING_SHOWN);
    const folded = group.rows.slice(MAX_BLOCKING_SHOWN);
    const missing = group.total - group.rows.length;
    return [
        '<h3>Blocking findings</h3>',
        ...(open.length > 0 ? [(0,_rows_js__WEBPACK_IMPORTED_MODULE_8__/* .findingTable */ .ck)(open, image)] : []),
        ...(folded.length > 0
            ? [
                (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(group.total - open.length, 'more blocking finding'), [
                    (0,_rows_js__WEBPACK_IMPORTED_MODULE_8__/* .findingTable */ .ck)(folded, image),
                    ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(missing),
                ]),
            ]
            : (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(missing)),
    ];
}
/** Inputs that the policy overrides, what could not be read, and what suppression rules hide. */
function noticeBlocks({ documents, notices, images }) {
    const conflicts = (documents?.conflicts ?? []).map(({ input, asked, demanded }) => `<p>⚖️ <b>The policy overrides the workflow</b>: ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(input)} is ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(demanded)}, not ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(asked)}.</p>`);
    const shown = notices
        .slice(0, MAX_NOTICES)
        .map((notice) => `<p>ℹ️ ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_12__/* .clip */ .$Q)((0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .firstLine */ .TM)(notice), MAX_MESSAGE))}</p>`);
    return [...conflicts, ...shown, ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(notices.length - shown.length), ...hidingBlocks(images)];
}
/** The images in which suppression rules of Inspector hide whole classes of findings. */
function hidingBlocks(images) {
    const hiding = images.flatMap((image) => {
        const words = (0,_hidden_js__WEBPACK_IMPORTED_MODULE_7__/* .hiddenWords */ .c)(image);
        if (words === undefined)
            return [];
        const name = images.length > 1 ? `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shortName */ .EU)(image), 300)}: ` : '';
        return [`<p>🔇 ${name}${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(words)}</p>`];
    });
    const left = hiding.length - MAX_HIDING_IMAGES;
    return [
        ...hiding.slice(0, MAX_HIDING_IMAGES),
        ...(left > 0
            ? [`<p>🔇 They also hide whole classes of findings in ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(left, 'more image')}.</p>`]
            : []),
    ];
}
function restOfImage(image, plan) {
    const groups = plan.get(image);
    const folded = (group, title) => {
        const { rows, total } = groups?.[group] ?? { rows: [], total: 0 };
        if (total === 0)
            return [];
        const content = rows.length > 0 ? [(0,_rows_js__WEBPACK_IMPORTED_MODULE_8__/* .findingTable */ .ck)(rows, image)] : [];
        return [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(title(total), [...content, ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(total - rows.length)])];
    };
    return [
        ...folded('warn', (total) => `⚠️ ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(total, 'warning')}`),
        ...countsTable(image),
        ...folded('allow', (total) => `✔️ ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(total, 'allowed finding')}, with reasons`),
        ...folded('suppressed', (total) => `🔇 ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(total, 'finding')} suppressed in Inspector`),
        platforms(image),
    ];
}
function countsTable({ outcome }) {
    if (outcome.kind !== 'judged')
        return [];
    const { counts, suppressed } = outcome.verdict;
    const ranked = ['critical', 'high', 'medium', 'low', 'informational', 'untriaged'];
    const columns = [
        // Rare severities are omitted if there are none: a phone shows no more than six columns.
        ...ranked
            .filter((name, at) => at < 4 || counts[name] > 0)
            .map((name) => [`${_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .SEVERITY_MARKS */ .ru[name] ?? ''}&nbsp;${name}`, counts[name]]),
        ...(counts.unknown > 0 ? [['❔ unknown', counts.unknown]] : []),
        ['all', counts.total],
        ...(suppressed.length > 0 ? [['🔇 suppressed', suppressed.length]] : []),
    ];
    return [
        '<h3>Active findings by severity</h3>',
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(columns.map(([name]) => name), [columns.map(([, count]) => `${count}`)]),
    ];
}
function platforms(image) {
    const title = image.isIndex
        ? `Image index of ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(image.platforms.length, 'platform')}: digests and scan times`
        : 'Image, digest and scan time';
    const scans = image.platforms.map(({ platform, digest, scannedAt, monitored }) => [
        (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .namedPlatforms */ .Of)([platform]).map((name) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name, 60))[0] ?? '–',
        // The digest of an image without an index is in its URI already.
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(digest === image.digest ? (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)(digest) : digest),
        scannedAt === undefined ? unscannedCell(image) : (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .time */ .kB)(scannedAt),
        monitored === undefined ? '–' : monitored ? 'yes' : 'no',
    ]);
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(`📦 ${title}`, [
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['', ''], identityOf(image)),
        ...(scans.length > 0 ? [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['Platform', 'Digest', 'Scan finished', 'Still monitored'], scans)] : []),
    ]);
}
/** Without a verdict, it is often unknown whether the image is scanned: the scan was not looked at, or the run ended. */
function unscannedCell({ outcome }) {
    const isUnscanned = outcome.kind === 'error' && ['unscannable', 'configuration'].includes(outcome.error.code);
    return isUnscanned ? 'not scanned' : '–';
}
function identityOf(image) {
    const references = image.references.slice(0, 10).map((reference) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(reference, 600));
    const bases = (image.baseImages ?? []).map(({ name, named }) => `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name, 300)}${named ? '' : ' (according to the image)'}`);
    const { digest } = image;
    const pages = digest === undefined ? [] : (0,_kit_links_js__WEBPACK_IMPORTED_MODULE_3__/* .consoleLinks */ .tr)({ ...image, digest });
    const consoles = pages.map(({ name, url }) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .link */ .nf)(url, name));
    const skipped = skippedChildren(image);
    const rows = [
        ['Image', (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(image.uri, 600)],
        ['Reference', references.join('<br>')],
        ['Base image', bases.length > 0 ? bases.join('<br>') : undefined],
        ['Not scanned', skipped.length > 0 ? skipped.join('<br>') : undefined],
        ['AWS console', consoles.length > 0 ? consoles.join(' · ') : undefined],
    ];
    return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
/** How many artifacts of an index are listed one by one. */
const MOST_ARTIFACTS = 10;
/** The children of an index that are not scanned because nothing can run them. */
function skippedChildren({ attestations, skipped = [] }) {
    const count = attestations.length;
    const more = skipped.length - MOST_ARTIFACTS;
    return [
        ...(count === 0
            ? []
            : [
                `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(count, 'build attestation')}, which ${count === 1 ? 'is not an image' : 'are not images'}`,
            ]),
        ...skipped
            .slice(0, MOST_ARTIFACTS)
            .map(({ digest, type }) => `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)(digest))}, an artifact of type ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(type, 100)}`),
        ...(more > 0 ? [`${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(more, 'more artifact')}`] : []),
    ];
}
function settings({ settings: given, documents, version, startedAt, durationMs }) {
    const run = [
        ['Started', (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .time */ .kB)(startedAt)],
        ['Took', (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)((0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(durationMs))],
        ['Version', (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(version, 40)],
    ];
    const inputs = given === undefined
        ? []
        : [
            ['<code>fail-on</code>', given.failOn],
            ['<code>warn-on</code>', given.warnOn],
            ['<code>ignore-unfixed</code>', `${given.ignoreUnfixed}`],
            ['<code>enforce</code>', `${given.enforce}`],
            ['<code>scan-type</code>', given.scanType],
            ['<code>timeout</code>', (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)((0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(given.timeoutMs))],
            ['<code>settle-time</code>', (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)((0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(given.settleTimeMs))],
        ];
    const { policy, exceptions = [], vex = [] } = documents ?? {};
    const files = [
        ...(policy === undefined ? [] : [{ kind: 'policy', source: policy, policySha256: policy.policySha256 }]),
        ...exceptions.map((source) => ({ kind: 'exceptions', source, policySha256: undefined })),
        ...vex.map((source) => ({ kind: 'vex', source, policySha256: undefined })),
    ];
    const read = files
        .slice(0, 50)
        .map(({ kind, source, policySha256 }) => [
        `<code>${kind}</code>`,
        policySha256 === undefined
            ? `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(source.uri, 300)}<br>${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`sha256:${source.sha256}`)}`
            : `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(source.uri, 300)}<br>${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`sha256:${policySha256}`)}, file ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`sha256:${source.sha256}`)}`,
    ]);
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)('⚙️ Settings of this run', [
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['Setting', 'Value'], [...inputs, ...read, ...run]),
        ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(files.length - read.length),
    ]);
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


/***/ })

};

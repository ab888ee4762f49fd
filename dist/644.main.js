export const id = 644;
export const ids = [644];
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

/***/ 70644:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   describedImages: () => (/* binding */ describedImages),
/* harmony export */   fetchedImages: () => (/* binding */ fetchedImages),
/* harmony export */   hasArchivedImage: () => (/* binding */ hasArchivedImage)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37728);
/* harmony import */ var _aws_checked_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66002);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(90274);
/** Parses the responses of ECR about images and manifests. */



const digest = valibot__WEBPACK_IMPORTED_MODULE_2__/* .custom */ .IeY((value) => typeof value === 'string' && (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(value), 'Invalid digest');
const token = valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()));
// Only the members that a decision needs are required.
const DescribedImages = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    imageDetails: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        imageDigest: digest,
        imagePushedAt: valibot__WEBPACK_IMPORTED_MODULE_2__/* .date */ .p6U(),
        imageStatus: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP())),
    })),
    nextToken: token,
});
const ImageId = valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ imageDigest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP())) })));
const FetchedImages = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    images: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ imageId: ImageId, imageManifest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP())) })))),
    failures: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        imageId: ImageId,
        failureCode: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP())),
        failureReason: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP())),
    })))),
});
const ArchivedImages = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    imageDetails: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5J()), valibot__WEBPACK_IMPORTED_MODULE_2__/* .someItem */ .oau((item) => valibot__WEBPACK_IMPORTED_MODULE_2__.is(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ imageStatus: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('ARCHIVED') }), item))),
});
/**
 * Reads an answer of DescribeImages.
 * @param api the action that was called
 * @throws MalformedAnswer
 */
function describedImages(answer, api) {
    return (0,_aws_checked_js__WEBPACK_IMPORTED_MODULE_0__/* .checked */ .K)(DescribedImages, answer, api);
}
/**
 * Reads an answer of BatchGetImage.
 * @param api the action that was called
 * @throws MalformedAnswer
 */
function fetchedImages(answer, api) {
    return (0,_aws_checked_js__WEBPACK_IMPORTED_MODULE_0__/* .checked */ .K)(FetchedImages, answer, api);
}
/** Whether an answer of DescribeImages contains an archived image. */
function hasArchivedImage(answer) {
    return valibot__WEBPACK_IMPORTED_MODULE_2__.is(ArchivedImages, answer);
}


/***/ })

};

import type { ProblemSlug } from '../contract/problem.contract.ts';

type Words = { readonly zh: string; readonly en: string };

export type ProblemKind = {
  readonly status: number;
  /** Constant per kind and language. */
  readonly title: string;
  readonly titleZh: string;
  readonly meaning: Words;
  readonly remedy: Words;
};

const kind = (
  status: number,
  [title, titleZh]: readonly [string, string],
  [meaning, meaningZh]: readonly [string, string],
  [remedy, remedyZh]: readonly [string, string],
): ProblemKind => ({
  status,
  title,
  titleZh,
  meaning: { en: meaning, zh: meaningZh },
  remedy: { en: remedy, zh: remedyZh },
});

/** The closed table of failures: the only place that names their status codes. */
export const PROBLEM_KINDS: Readonly<Record<ProblemSlug, ProblemKind>> = {
  'invalid-request': kind(
    400,
    ['Invalid request', '请求无效'],
    [
      'The address, a parameter or the JSON text cannot be read.',
      '地址、参数或 JSON 文本无法解析。',
    ],
    ['Correct the parameters named in “errors”.', '按 errors 中列出的参数逐一更正。'],
  ),
  'invalid-body': kind(
    422,
    ['Invalid body', '请求内容不合规范'],
    [
      'The body is JSON, but not of the form that this operation takes.',
      '请求体是 JSON,但不符合该接口的格式。',
    ],
    ['Correct each place that “errors” points to.', '按 errors 中的指针逐一更正。'],
  ),
  'not-found': kind(
    404,
    ['Not found', '未找到'],
    [
      'Nothing is known under this address, or it is outside what you may see.',
      '该地址下没有内容,或不在您的可见范围内。',
    ],
    ['Check the identifier; start from a list.', '请核对编号,或从列表进入。'],
  ),
  unauthenticated: kind(
    401,
    ['Sign-in needed', '需要登录'],
    ['No valid credentials came with the request.', '请求未附带有效的身份凭证。'],
    ['Sign in and try again.', '请登录后重试。'],
  ),
  forbidden: kind(
    403,
    ['Not allowed', '不允许'],
    ['The request is understood and refused.', '请求已被理解,但被拒绝。'],
    ['“detail” says what is missing.', '原因见 detail。'],
  ),
  'method-not-allowed': kind(
    405,
    ['Method not allowed', '方法不允许'],
    ['The address exists, but not for this HTTP method.', '该地址存在,但不支持此 HTTP 方法。'],
    ['Use a method that the Allow header names.', '请使用 Allow 头中列出的方法。'],
  ),
  'not-acceptable': kind(
    406,
    ['Not acceptable', '无法提供所需格式'],
    [
      'The answer cannot be given in a form that the Accept header takes.',
      '无法按 Accept 头要求的格式返回。',
    ],
    ['Accept application/json.', '请接受 application/json。'],
  ),
  conflict: kind(
    409,
    ['Conflict', '冲突'],
    ['The present state of the data forbids this change.', '数据的当前状态不允许此更改。'],
    ['Read the resource again, then decide.', '请重新读取后再决定。'],
  ),
  gone: kind(
    410,
    ['Gone', '已失效'],
    ['It existed and was withdrawn or has expired.', '该内容曾经存在,现已撤销或过期。'],
    ['Ask its owner for a new address.', '请向发布者索取新地址。'],
  ),
  stale: kind(
    412,
    ['Changed meanwhile', '已被他人修改'],
    ['The resource was changed since you read it.', '该内容在您读取之后已被修改。'],
    [
      'Read it again and repeat the change with the new ETag.',
      '请重新读取,并使用新的 ETag 再次提交。',
    ],
  ),
  'precondition-required': kind(
    428,
    ['If-Match needed', '缺少 If-Match'],
    ['This change must name the version that it is based on.', '此更改必须注明所依据的版本。'],
    ['Send the ETag that you read as If-Match.', '请把读取到的 ETag 作为 If-Match 发送。'],
  ),
  'too-many-requests': kind(
    429,
    ['Too many requests', '请求过多'],
    [
      'More was asked in a short time than one address, account or key may have.',
      '短时间内的请求超出单个地址、账号或密钥的限额。',
    ],
    ['Wait for the seconds in Retry-After.', '请按 Retry-After 的秒数等待后重试。'],
  ),
  overloaded: kind(
    503,
    ['Busy', '系统繁忙'],
    ['The service cannot take more work at the moment.', '服务暂时无法处理更多请求。'],
    ['Try again after the seconds in Retry-After.', '请按 Retry-After 的秒数等待后重试。'],
  ),
  'rule-violation': kind(
    422,
    ['A rule says no', '不符合规则'],
    [
      'The form is right, but a rule of the domain forbids the content.',
      '格式正确,但内容不符合业务规则。',
    ],
    ['“errors” names each place and what is allowed.', 'errors 列出了每一处及允许的取值。'],
  ),
  'unsupported-media-type': kind(
    415,
    ['Unsupported media type', '不支持的内容类型'],
    ['The body is of a type that this operation does not take.', '该接口不接受此类型的请求体。'],
    ['Send application/json in UTF-8.', '请以 UTF-8 编码的 application/json 发送。'],
  ),
  'payload-too-large': kind(
    413,
    ['Too large', '内容过大'],
    ['The body is larger than allowed.', '请求体超出允许的大小。'],
    ['Send less at once.', '请分批发送。'],
  ),
  'query-timeout': kind(
    503,
    ['Took too long', '查询超时'],
    [
      'The database stopped the query at its limit of time or of temporary space.',
      '查询超过时限或临时空间上限,已被数据库终止。',
    ],
    [
      'Ask for a smaller area or fewer rows, or try again later.',
      '请缩小范围或减少条数,或稍后重试。',
    ],
  ),
  internal: kind(
    500,
    ['Internal error', '内部错误'],
    [
      'Something went wrong that is not your fault. It was logged.',
      '服务内部出错,与您的操作无关,已记入日志。',
    ],
    ['Try again; when you report it, give the “instance”.', '请重试;报告问题时请附上 instance。'],
  ),
};

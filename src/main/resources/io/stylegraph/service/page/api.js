// Calls of the JSON API. A failure is an ApiError with the service's own words.

export class ApiError extends Error {
  constructor(status, message, field, retryAfter) {
    super(message);
    this.status = status;
    this.field = field;
    this.retryAfter = retryAfter;
  }
}

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ApiError(0, "The service does not answer; is it still running?");
  }
  if (response.ok) {
    return response;
  }
  const body = await response.json().catch(() => ({}));
  throw new ApiError(
    response.status,
    body.error || `The service answered ${response.status}.`,
    body.field,
    Number(response.headers.get("Retry-After")) || 0,
  );
}

const json = async (path, options) => (await call(path, options)).json();

export const jobUrl = (id, what = "") => `/api/jobs/${encodeURIComponent(id)}${what}`;
export const model = () => json("/api/model");
export const recipes = () => json("/api/recipes");
export const samples = () => json("/api/samples");
export const job = (id) => json(jobUrl(id));
export const create = (form) => json("/api/jobs", { method: "POST", body: form });
export const remove = (id) => call(jobUrl(id), { method: "DELETE" });
export const picture = async (url) => (await call(url)).blob();
export const signIn = (token) =>
  call("/api/session", { method: "POST", headers: { Authorization: `Bearer ${token}` } });

/** The one policy that the page's Content-Security-Policy names (`trusted-types countersign-worker`). */
type WorkerPolicy = { createScriptURL(url: string): string };
type TrustedTypes = {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): WorkerPolicy;
};

let policy: WorkerPolicy | null = null;

/** Lets scripts of this origin through and nothing else. A second policy of the same name would be refused, hence one per page. */
function workerPolicy(): WorkerPolicy {
  if (policy !== null) return policy;
  const rules = {
    createScriptURL(url: string): string {
      const target = new URL(url, document.baseURI);
      const page = new URL(document.baseURI);
      if (target.protocol !== page.protocol || target.host !== page.host)
        throw new TypeError('Workers come from this application only.');
      return target.href;
    },
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy = trustedTypes === undefined ? rules : trustedTypes.createPolicy('countersign-worker', rules);
  return policy;
}

/** Starts a module worker of this application under Trusted Types. */
export const startWorker = (url: string): Worker => new Worker(workerPolicy().createScriptURL(url), { type: 'module' });

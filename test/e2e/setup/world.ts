/** Runs before each spec: the environment of the application that its worker has to itself. */
const worlds = JSON.parse(process.env.E2E_WORLDS!) as Record<string, string>[];
Object.assign(process.env, worlds[Number(process.env.JEST_WORKER_ID) - 1]);

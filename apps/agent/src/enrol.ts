import { PHASES } from '@mailpath/diagnosis';
import { Enrolment, type EnrolmentRequest, type Role } from '@mailpath/protocol';
import { below } from './api-address.ts';
import { agentFilePath, isEnrolled, prepareIdentity, readAgentFile, type AgentFile } from './agent-file.ts';
import { makeAgentKey, rawPublicKey } from './agent-key.ts';
import { postJson, refusalText, Unreachable, type ApiAnswer } from './api-request.ts';
import { CannotRun } from './cannot-run.ts';
import { agentFacts } from './facts.ts';
import { collectPins } from './pins.ts';

export interface EnrolOptions {
  api: URL;
  code: string;
  stateDir: string;
  /** Entries that are added to agent.json, as given. */
  allow: readonly string[];
  /** `host=address` entries that are added to agent.json. */
  resolve?: readonly string[];
  /** The proxy for the web checks that is written to agent.json. */
  proxy?: string;
  /** The keys whose builds the API may offer, written to agent.json. */
  upgradeKeys?: readonly string[];
  /** What this server is for, of what the code of a site allows; all of that when left out. */
  roles?: readonly Role[];
  /**
   * Takes the place of an enrolment that is there; its allow list, its policy, its addresses for names, its proxy,
   * its Java stores and its upgrades stay.
   */
  replace: boolean;
  deadlineMs?: number;
}

/** Makes this agent's key, spends the code, and writes the state folder. Nothing is left behind when it fails. */
export async function enrol(options: EnrolOptions): Promise<AgentFile> {
  const { api, code, stateDir } = options;
  const kept = keptSettings(options);
  const proxy = options.proxy ?? kept.proxy;
  const upgrade: AgentFile['upgrade'] = options.upgradeKeys
    ? { from: 'api', keys: [...options.upgradeKeys] }
    : kept.upgrade;
  const key = makeAgentKey();
  const identity = prepareIdentity(stateDir, key);
  try {
    const request: EnrolmentRequest = {
      code,
      publicKey: rawPublicKey(key),
      facts: agentFacts(),
      ...(options.roles === undefined ? {} : { roles: [...options.roles] }),
    };
    const answer = await reach(api, request, options.deadlineMs ?? 20_000);
    const file: AgentFile = {
      apiUrl: api.href,
      ...readEnrolment(answer),
      allow: [...new Set([...kept.allow, ...options.allow])],
      resolve: collectPins(options.resolve ?? [], kept.resolve),
      ...(proxy === undefined ? {} : { proxy }),
      ...(upgrade === undefined ? {} : { upgrade }),
      ...(kept.policy === undefined ? {} : { policy: kept.policy }),
      ...(kept.javaStores === undefined ? {} : { javaStores: kept.javaStores }),
    };
    identity.commit(file);
    return file;
  } catch (error) {
    identity.discard();
    throw error;
  }
}

const NOTHING_KEPT: Pick<AgentFile, 'allow' | 'policy' | 'resolve' | 'proxy' | 'javaStores' | 'upgrade'> = {
  allow: [],
  resolve: {},
};

/** What the administrator has written into agent.json outlives a new enrolment. */
function keptSettings({ stateDir, replace }: EnrolOptions): typeof NOTHING_KEPT {
  if (!isEnrolled(stateDir)) return NOTHING_KEPT;
  if (!replace) {
    throw new CannotRun({
      en: `already enrolled (${agentFilePath(stateDir)}): add --replace to give up that enrolment and use this code`,
      ja: `登録済みです (${agentFilePath(stateDir)})。その登録を破棄してこのコードを使用するには --replace を付けてください`,
    });
  }
  try {
    return readAgentFile(stateDir);
  } catch {
    // A damaged agent.json is one reason to use --replace; its list is then lost, and the agent says so per target.
    return NOTHING_KEPT;
  }
}

async function reach(api: URL, request: EnrolmentRequest, deadlineMs: number): Promise<ApiAnswer> {
  try {
    return await postJson(below(api, '/v1/enrolments'), request, deadlineMs);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const { phase, message } = error;
    throw new CannotRun(
      {
        en: `the API at ${api.href} was not reached, phase ${phase}: ${message}`,
        ja: `API (${api.href}) に到達できません。段階 ${PHASES[phase].ja} (${phase}): ${message}`,
      },
      { cause: error },
    );
  }
}

function readEnrolment(answer: ApiAnswer): Enrolment {
  if (answer.status < 200 || answer.status > 299) {
    const { en, ja } = refusalText(answer);
    throw new CannotRun({
      en: `the API refused the enrolment: ${en}`,
      ja: `API が登録を拒否しました: ${ja}`,
    });
  }
  try {
    return Enrolment.parse(JSON.parse(answer.body));
  } catch (error) {
    throw new CannotRun(
      {
        en: 'the API answered, but not with an enrolment: check the address and the version of the API',
        ja: 'API の応答が登録の応答ではありません。アドレスと API のバージョンを確認してください',
      },
      { cause: error },
    );
  }
}

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GetRequiredPackagesResponse,
  type LanguageHandshakeRequest,
  LanguageHandshakeResponse,
  type RunRequest,
  RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

type Unary<Request, Response> = (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void;

/**
 * Serves what the official CLI's language host for Node does when it runs a program: it starts the SDK's own runner in the
 * program's folder. The CLI is told of it by `PULUMI_DEBUG_LANGUAGES`; gives its port and how to end it.
 */
export async function serveLanguageHost(): Promise<{ readonly port: number; readonly stop: () => void }> {
  let engine = "";
  const handshake: Unary<LanguageHandshakeRequest, LanguageHandshakeResponse> = ({ request }, callback) => {
    engine = request.getEngineAddress();
    callback(null, new LanguageHandshakeResponse());
  };
  const getPluginInfo: Unary<unknown, PluginInfo> = (_call, callback) => callback(null, new PluginInfo().setVersion("1.0.0"));
  const getRequiredPackages: Unary<unknown, GetRequiredPackagesResponse> = (_call, callback) =>
    callback(null, new GetRequiredPackagesResponse());
  const run: Unary<RunRequest, RunResponse> = ({ request }, callback) => {
    const child = runProgram(request, engine);
    child.once("close", (code) => {
      const response = new RunResponse();
      callback(null, code === 0 ? response : response.setError(`The program ended with code ${String(code)}.`));
    });
  };
  const server = new Server();
  server.addService(LanguageRuntimeService, { handshake, getPluginInfo, getRequiredPackages, run });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, stop: () => server.forceShutdown() };
}

function runProgram(request: RunRequest, engine: string) {
  const pwd = request.getPwd();
  const runner = createRequire(join(pwd, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  const [project, stack] = [request.getProject(), request.getStack()];
  const addresses = [`--monitor=${request.getMonitorAddress()}`, `--engine=${engine}`];
  const names = [`--project=${project}`, `--stack=${stack}`, `--pwd=${pwd}`, `--root-directory=${pwd}`];
  return spawn(process.execPath, [runner, ...addresses, ...names, ...(request.getDryrun() ? ["--dry-run"] : []), "."], {
    cwd: pwd,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      PULUMI_NODEJS_PROJECT: project,
      PULUMI_NODEJS_STACK: stack,
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
}

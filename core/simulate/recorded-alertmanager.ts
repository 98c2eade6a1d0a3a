import { stringify } from "yaml";
import { redirectReceivers, scaleConfiguration, type AlertmanagerConfiguration } from "./alertmanager-configuration";
import type { Clock } from "./clock";
import { startLocalServer } from "./local-server";
import { startRecorder, type ReceivedMessage } from "./recorder";

/** What reached a receiver, and at which second of the situation. */
export interface Message extends Omit<ReceivedMessage, "at"> {
  readonly second: number;
}

/** An Alertmanager in compressed time, whose receivers are recorded. */
export interface RecordedAlertmanager {
  readonly url: string;
  /** What reached receivers so far, in order. */
  readonly messagesBy: (clock: Clock) => readonly Message[];
  readonly stop: () => void;
}

/** Starts Alertmanager with a configuration whose times are compressed, and whose receivers are on this machine. */
export async function startRecorded(options: {
  readonly configuration: AlertmanagerConfiguration;
  readonly command: string;
  readonly folder: string;
  readonly factor: number;
}): Promise<RecordedAlertmanager> {
  const recorder = await startRecorder();
  try {
    const configuration = redirectReceivers(scaleConfiguration(options.configuration, options.factor), recorder.address);
    const { url, stop } = await startLocalServer({
      command: options.command,
      folder: options.folder,
      configuration: stringify(configuration),
      args: ["--storage.path=state", "--cluster.listen-address="],
    });
    return {
      url,
      messagesBy: ({ secondAt }) => recorder.messages.map(({ at, ...message }) => ({ ...message, second: secondAt(at) })),
      stop: () => {
        stop();
        recorder.stop();
      },
    };
  } catch (error) {
    recorder.stop();
    throw error;
  }
}

/** Why a file could not be had, as a sentence without its full stop: "github.com cannot be reached (ENOTFOUND)". */
export class DownloadFailure extends Error {
  override readonly name = "DownloadFailure";
}

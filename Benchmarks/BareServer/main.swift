import Foundation
import Hummingbird

/// Answers every request with the bytes of a file: what the framework alone can do.
///
/// Usage: `BareServer PORT FILE`.
let arguments = CommandLine.arguments
guard arguments.count == 3, let port = Int(arguments[1]) else {
  FileHandle.standardError.write(Data("usage: BareServer PORT FILE\n".utf8))
  exit(64)
}
let body = ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: arguments[2])))
let router = Router()
router.get("/") { _, _ in
  Response(
    status: .ok,
    headers: [.contentType: "application/json"],
    body: ResponseBody(byteBuffer: body)
  )
}
let application = Application(
  router: router,
  configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port))
)
try await application.runService()

import GoFormats
import HTTPTypes
import Hummingbird

extension Delivery {
  /// Makes the response of an answer that is made as it is fetched.
  ///
  /// A client that does not read holds one piece of it in memory, and what its connection takes.
  /// The answer's tag, if it has one, stands for all encodings: it is weak.
  func response(
    to request: Request,
    _ answer: Answer,
    _ pieces: Answer.Pieces
  ) -> Response {
    var headers = answer.headers
    headers.allowKeeping()
    if let unchanged = Self.unchanged(request, headers, tag: headers[.eTag]) { return unchanged }
    let isCompressed = Self.accepts("gzip", request.headers[.acceptEncoding])
    if isCompressed { headers[.contentEncoding] = "gzip" }
    let body = isCompressed ? Self.compressed(pieces) : Self.plain(pieces)
    return Response(status: answer.status, headers: headers, body: body)
  }

  private static func plain(_ pieces: Answer.Pieces) -> ResponseBody {
    ResponseBody { writer in
      for try await piece in pieces { try await writer.write(ByteBuffer(string: piece)) }
      try await writer.finish(nil)
    }
  }

  private static func compressed(_ pieces: Answer.Pieces) -> ResponseBody {
    ResponseBody { writer in
      var gzip = GzipPieces(level: level)
      for try await piece in pieces {
        guard let bytes = gzip.add(Array(piece.utf8)) else {
          throw Problem(.internalError, "no memory is left to compress the answer")
        }
        try await writer.write(ByteBuffer(bytes: bytes))
      }
      try await writer.write(ByteBuffer(bytes: gzip.finish()))
      try await writer.finish(nil)
    }
  }
}

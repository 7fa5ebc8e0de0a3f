import EmbeddedCatalog
import Hummingbird

/// What the server says of itself.
struct DescriptionRoutes: Sendable {
  var routes: [Route] {
    [
      .get("/openapi.json", .everyone) { call in
        try call.query.allow()
        return Answer.text(Catalog.openAPI, mediaType: "application/json")
      }
    ]
  }
}

import Hummingbird
import LeakModel
import LeakStore

/// The page at `/`: the newest incidents, and what else the server can be asked.
struct FrontPage: Sendable {
  let store: Store
  /// The routes to list.
  let listing: [Route]

  var routes: [Route] { [.get("/", .token(.read)) { _ in try await page() }] }

  private func page() async throws -> Answer {
    let incidents = try await store.incidents(limit: 20).items
    let rows = incidents.map { incident in
      let cells = [
        incident.id.description, incident.severity.rawValue, incident.status.rawValue,
        incident.service, incident.title, incident.openedAt.description,
      ].map { "<td>\(HTML.escaped($0))</td>" }
      return "<tr>\(cells.joined())</tr>"
    }
    let paths = listing.map { route in
      "<li><code>\(route.method.rawValue) \(HTML.escaped(route.path.description))</code></li>"
    }
    let table =
      rows.isEmpty
      ? "<p>None yet.</p>"
      : "<table>\n\(rows.joined(separator: "\n"))\n</table>"
    let page = """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>leakbook</title>
      <h1>leakbook</h1>
      <h2>Newest incidents</h2>
      \(table)
      <h2>What can be asked</h2>
      <ul>
      \(paths.joined(separator: "\n"))
      </ul>
      </html>

      """
    return .text(page, mediaType: "text/html; charset=utf-8")
  }
}

/// Text on its way into a page.
enum HTML {
  /// The text with the characters escaped that end an element or an attribute.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }
}

import Foundation
import PackagePlugin

/// Compiles the text of `Migrations/` and `Playbooks/`, and the description of the HTTP API, into the
/// target `EmbeddedCatalog`.
@main
struct EmbedFilesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let inputs =
      ["Migrations", "Playbooks"].flatMap { files(under: root.appending(path: $0)) }
      + [root.appending(path: "Documentation/openapi.json")]
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embed migrations, playbooks and the API's description",
        executable: try context.tool(named: "EmbedFiles").url,
        arguments: [output.path, root.path] + inputs.map(\.path),
        inputFiles: inputs,
        outputFiles: [output]
      )
    ]
  }

  /// The files below a folder, which may be a link, as in the packages of benchmarks.
  private func files(under folder: URL) -> [URL] {
    let real = folder.resolvingSymlinksInPath()
    let found = FileManager.default.enumerator(at: real, includingPropertiesForKeys: nil)
    let files = (found?.allObjects ?? []).compactMap { $0 as? URL }
    return files.filter { ["sql", "md"].contains($0.pathExtension) }
      .map { folder.appending(path: String($0.path.dropFirst(real.path.count + 1))) }
      .sorted { $0.path < $1.path }
  }
}

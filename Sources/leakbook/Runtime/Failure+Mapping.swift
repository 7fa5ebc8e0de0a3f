import ArgumentParser
import Foundation
import GoFormats
import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakServer
import LeakStore

extension Failure {
  /// The one table from the errors of the modules to sentences and codes; nil for the parser's own.
  init?(known error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as StoreError: self.init(error.description, Self.code(of: error))
    case let error as CasebookError: self.init(error.description, Self.code(of: error))
    case let error as CaseFolder.Failure: self.init(error.description, .noInput)
    case let error as ParseError: self.init(error.description, .badData)
    case let error as Diagnoser.NothingRecognised: self.init(nothing: error)
    case let error as ImportError:
      switch error {
      case .noCases: self.init(error.description, .noInput)
      case .badCase: self.init(error.description, .badData)
      }
    case let error as ArchiveError: self.init(error.description, .badData)
    case let error as RedactionError: self.init(error.description, .usage)
    case let error as PlaybookError: self.init(error.description, .badData)
    case let error as SearchQueryError: self.init(error.description, .usage)
    case let error as CocoaError: self.init(error.localizedDescription, .inputOutput)
    case is CancellationError: self.init("stopped before the end", .failure)
    case let error as ChatSettings.Failure: self.init(error.description, .configuration)
    case let error as ConfigurationError: self.init(error.description, .configuration)
    default: return nil
    }
  }

  private static func code(of error: StoreError) -> ExitCode {
    switch error {
    case .missing, .isFolder, .noSuchIncident, .noSuchToken: .noInput
    case .cannotCreate, .exists: .cannotCreate
    case .cannotOpen, .readOnly, .readOnlyDisk: .notAllowed
    case .notADatabase, .truncated, .foreign, .corrupt, .refused: .badData
    case .newerSchema, .olderSchema: .configuration
    case .busy, .inUse, .alreadyClaimed, .changedMeanwhile: .tryLater
    case .tokenExists: .failure
    case .diskFull, .io: .inputOutput
    case .engine: .failure
    }
  }

  private static func code(of error: CasebookError) -> ExitCode {
    switch error {
    case .emptyFix, .linkToItself, .sameEvidence: .usage
    case .alreadyClosed, .notClosed, .notAllowed, .originalIsDuplicate, .notLinked,
      .nothingToVerify:
      .failure
    case .nothingToCompare: .noInput
    case .damagedEvidence: .badData
    }
  }

  /// How many of the files that were not recognised are named.
  private static let shownFiles = 10

  private init(nothing error: Diagnoser.NothingRecognised) {
    let files = error.ignored
    var lines = ["nothing here is a capture that leakbook knows"]
    lines += files.prefix(Self.shownFiles).map { "  \($0.source): \($0.reason)" }
    if files.count > Self.shownFiles { lines.append("  … \(files.count - Self.shownFiles) more") }
    self.init(lines.joined(separator: "\n"), .noInput)
  }
}

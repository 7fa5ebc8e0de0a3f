package import LeakModel

/// Why the store could not do what it was asked; each case tells a person what to do.
package enum StoreError: Error, Equatable {
  /// There is no database at the path.
  case missing(path: String)
  /// A file that is to be made is there.
  case exists(path: String)
  /// Other connections are open to a database that is to be replaced.
  case inUse(path: String)
  /// Another process has claimed the same idempotency key.
  case alreadyClaimed
  /// The path names a folder.
  case isFolder(path: String)
  /// The database, or its folder, cannot be made.
  case cannotCreate(path: String, reason: String)
  /// The file exists but may not be opened.
  case cannotOpen(path: String, reason: String)
  /// The file lies on a file system that is mounted for reading only; it can be read unless a log
  /// beside it still holds changes.
  case readOnlyDisk(path: String, hasLog: Bool)
  /// The file is not an SQLite database.
  case notADatabase(path: String)
  /// The file is shorter than its header says; sizes in bytes.
  case truncated(path: String, expected: Int64, actual: Int64)
  /// The file is an SQLite database of another program.
  case foreign(path: String)
  /// A newer leakbook wrote the file; `unknown` are the migrations that this one lacks.
  case newerSchema(path: String, unknown: [String])
  /// An older leakbook wrote the file, and it was opened for reading only.
  case olderSchema(path: String)
  /// Another process kept the database locked for longer than the waiting time.
  case busy
  case diskFull
  case io(detail: String)
  case readOnly
  /// The database's structure is broken, or holds values that cannot be understood.
  case corrupt(detail: String)
  /// A value broke a rule of the schema.
  case refused(detail: String)
  case noSuchIncident(IncidentID)
  /// The incident has been changed since it was read by whoever wants to change it.
  case changedMeanwhile(IncidentID)
  /// No token that is not revoked has the name.
  case noSuchToken(name: String)
  /// Another token that is not revoked has the name.
  case tokenExists(name: String)
  /// The SQLite library found a fault in what it was given: a defect of leakbook.
  case engine(detail: String)
}

extension StoreError: CustomStringConvertible {
  /// The error as sentences for a person: what was found, then what to do.
  package var description: String {
    switch self {
    case .missing(let path):
      "there is no database at \(path); check the path, or log an incident to create one"
    case .exists(let path):
      "\(path) is there already; choose another name, or add --replace"
    case .inUse(let path):
      "\(path) is in use; stop the server and all commands on it first"
    case .alreadyClaimed:
      "another request with this key is under way; try again in a moment"
    case .isFolder(let path):
      "\(path) is a folder; name the database file inside it"
    case .cannotCreate(let path, let reason):
      "cannot create the database \(path): \(reason); choose a path that can be written"
    case .cannotOpen(let path, let reason):
      "cannot open the database \(path): \(reason); check the permissions of file and folder"
    case .readOnlyDisk(let path, hasLog: true):
      "cannot read the database \(path): it is on a read-only file system, and \(path)-wal still "
        + "holds changes; copy both files to a disk that can be written"
    case .readOnlyDisk(let path, hasLog: false):
      "cannot write the database \(path): it is on a read-only file system; it can be read"
    case .notADatabase(let path):
      "\(path) is not an SQLite database; check the path, or restore a backup: "
        + "leakbook db restore FILE"
    case .truncated(let path, let expected, let actual):
      "\(path) is cut short: \(actual) bytes where its header promises \(expected); "
        + "restore a backup: leakbook db restore FILE"
    case .foreign(let path):
      "\(path) is a database, but not one of leakbook's; choose another path"
    case .newerSchema(let path, let unknown):
      "\(path) was written by a newer leakbook (it knows \(unknown.joined(separator: ", "))); "
        + "upgrade this one; the file was not changed"
    case .olderSchema(let path):
      "\(path) was written by an older leakbook; run any command that writes to upgrade it"
    case .busy:
      "the database is locked by another process; try again in a moment"
    case .diskFull:
      "the disk that holds the database is full; free some space and try again, nothing was lost"
    case .io(let detail):
      "the disk reported an error (\(detail)); check the disk, then restart leakbook"
    case .readOnly:
      "the database was opened for reading or may not be written; check the permissions"
    case .corrupt(let detail):
      "the database is damaged (\(detail)); run leakbook db check; restore a backup with "
        + "leakbook db restore FILE"
    case .refused(let detail):
      "the database refuses the value (\(detail))"
    case .noSuchIncident(let id):
      "there is no incident \(id); `leakbook list` shows those there are"
    case .changedMeanwhile(let id):
      "\(id) has been changed meanwhile; look at it again, then repeat the change"
    case .noSuchToken(let name):
      "there is no token \(name); `leakbook token list` shows those there are"
    case .tokenExists(let name):
      "there is a token \(name) already; revoke it first, or choose another name"
    case .engine(let detail):
      "the database library refused a request (\(detail)); please report this as a defect"
    }
  }
}

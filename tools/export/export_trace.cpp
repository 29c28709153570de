#include "tools/export/export_trace.hpp"

#include <stdexcept>

#include "sim/graph/chakra_writer.hpp"
#include "tools/console/interruption.hpp"
#include "tools/console/program.hpp"
#include "tools/console/run_folder.hpp"
#include "tools/export/chrome_export.hpp"
#include "tools/export/csv_export.hpp"
#include "tools/export/sqlite_export.hpp"
#include "tools/export/step_graphs.hpp"
#include "tools/print/growing_file.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr const char* kChakraSchema = "chokepoint.training_step/1";

/// Where a result grows; it goes unless it was named.
class Growing {
public:
  explicit Growing(fs::path path) : path_(std::move(path)), goes_(partial()) {}
  ~Growing() {
    std::error_code ignored;
    fs::remove(partial(), ignored);
  }
  Growing(const Growing&) = delete;
  Growing& operator=(const Growing&) = delete;

  fs::path partial() const { return partial_name(path_); }
  void name() const {
    const SignalsHeld held;
    give_name(partial(), path_);
  }

private:
  fs::path path_;
  RemovedOnSignal goes_;
};

/// Lets `write` fill a folder that takes its name once it is whole.
template <class Write>
Exported export_folder(const fs::path& trace, const fs::path& folder, const Write& write) {
  TraceReader reader(trace);
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(folder)) && !fs::is_empty(folder, ignored)) {
    throw std::runtime_error("cannot write folder " + folder.string() + ": it is not empty");
  }
  const fs::path partial = partial_name(folder);
  const MadeFolder made(partial);
  try {
    const Exported exported = write(reader, partial);
    const SignalsHeld held;
    give_name(partial, folder);
    return exported;
  } catch (...) {
    fs::remove_all(partial, ignored);
    throw;
  }
}

}  // namespace

Exported export_sqlite(const fs::path& trace, const fs::path& file) {
  TraceReader reader(trace);
  const Growing growing(file);
  if (fs::exists(fs::symlink_status(growing.partial()))) {
    throw std::runtime_error("cannot write " + growing.partial().string() + ": File exists");
  }
  SqliteExport database(growing.partial(), exported_tables());
  const Exported exported = export_tables(reader, trace.string(), database);
  database.close(export_views());
  growing.name();
  return exported;
}

Exported export_csv(const fs::path& trace, const fs::path& folder) {
  return export_folder(trace, folder, [&](TraceReader& reader, const fs::path& partial) {
    CsvExport files(partial, exported_tables());
    const Exported exported = export_tables(reader, trace.string(), files);
    files.close();
    return exported;
  });
}

Exported export_chakra(const fs::path& trace, const fs::path& folder) {
  return export_folder(trace, folder, [&](TraceReader& reader, const fs::path& partial) {
    const StepGraphs step = step_graphs(reader);
    if (step.graphs.empty()) {
      throw HelpedFailure(trace.string() + " holds no training step",
                          "write one with estimate training ... -o DIR");
    }
    Exported exported;
    const auto write = [&](const std::string& name, const std::string& bytes) {
      const RemovedOnSignal goes(partial / name);
      GrowingFile file(partial / name);
      file.write(bytes);
      file.close();
    };
    // A signal waits until all of these few files are there.
    const SignalsHeld held;
    for (const OperatorGraph& graph : step.graphs) {
      write("step." + std::to_string(graph.rank) + ".et", chakra_bytes_of(graph, kChakraSchema));
      exported.facts += graph.operators.size();
    }
    write("groups.json", groups_json(step.groups));
    exported.is_truncated = reader.truncated();
    return exported;
  });
}

Exported export_chrome(const fs::path& trace, const fs::path& file) {
  TraceReader reader(trace);
  const Growing growing(file);
  ChromeExport events(growing.partial());
  const Exported exported = events.write_all(reader, trace.string());
  growing.name();
  return exported;
}

}  // namespace chokepoint

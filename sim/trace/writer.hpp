#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "chokepoint/v1/facts.pb.h"
#include "models/world.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Writes facts as a Perfetto trace that explains itself; proto/README.md describes the file.
///
/// The file must not be there before; a writer that is destroyed before close() removes it. Bytes
/// depend on the manifest, the world and the facts alone.
class TraceWriter : public TraceSink {
public:
  /// Opens the file and writes manifest, descriptor and tracks. `world` must outlive the writer.
  /// Throws std::runtime_error, naming the file, when it cannot be written.
  TraceWriter(std::filesystem::path path, const pb::Manifest& manifest, const World& world,
              TraceLevel level);
  ~TraceWriter() override;
  TraceWriter(const TraceWriter&) = delete;
  TraceWriter& operator=(const TraceWriter&) = delete;

  /// Keeps the fact when its level is within the trace's.
  void record(const TraceEvent& event) override;

  /// Writes what is held back. Throws std::runtime_error where the disk does not take it.
  void close();

  /// fingerprint() of the whole file. Requires: it was closed.
  std::uint64_t fingerprint() const;

  /// Facts kept so far.
  std::uint64_t facts() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace chokepoint

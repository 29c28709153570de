#include "tests/sim/trace/trace_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "sim/trace/describe.hpp"
#include "sim/trace/nanoseconds.hpp"
#include "sim/trace/writer.hpp"
#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
  std::string pattern = (fs::temp_directory_path() / "chokepoint-trace-XXXXXX").string();
  path_ = mkdtemp(pattern.data());
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<std::string> ScratchFolder::names() const {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(path_)) {
    found.push_back(entry.path().filename().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string read_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const fs::path& path, const std::string& bytes) {
  fs::remove(path);  // Writing over a file makes ext4 wait for the disk, thousands of times here.
  std::ofstream(path, std::ios::binary) << bytes;
}

void write_trace(const fs::path& path, const std::vector<TraceEvent>& events, TraceLevel level) {
  const World world = small_world();
  fs::remove(path);
  TraceWriter writer(path, small_manifest(), world, level);
  for (const auto& event : events) writer.record(event);
  writer.close();
}

ReadTrace read_trace(const fs::path& path) {
  TraceReader reader(path);
  ReadTrace all;
  while (auto timed = reader.next()) all.facts.push_back(std::move(*timed));
  all.truncated = reader.truncated();
  all.whole_bytes = reader.whole_bytes();
  all.bytes = reader.bytes();
  all.packets = reader.packets();
  all.tracks = reader.tracks();
  return all;
}

std::vector<std::string> texts_of(const std::vector<TimedFact>& facts) {
  std::vector<std::string> texts;
  for (const auto& timed : facts) {
    texts.push_back(std::to_string(timed.time_ns) + " " + timed.fact.ShortDebugString());
  }
  return texts;
}

std::vector<std::string> texts_of(const std::vector<TraceEvent>& events) {
  const World world = small_world();
  std::vector<TimedFact> facts;
  for (const auto& event : events) {
    TimedFact& timed = facts.emplace_back();
    timed.time_ns = nanoseconds(time_of(event));
    describe(event, world, timed.fact);
  }
  return texts_of(facts);
}

}  // namespace chokepoint

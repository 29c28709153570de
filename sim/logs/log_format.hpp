#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/logs/columns.hpp"

namespace chokepoint {

/// Formats of logs of requests.
enum class RequestLogFormat {
  Azure,      ///< Azure LLM inference traces of 2023 to 2025, CSV.
  BurstGpt,   ///< CSV.
  Mooncake,   ///< A line of JSON each, times in ms, blocks of 512 tokens.
  Qwen,       ///< Bailian's: a line of JSON each, times in s, blocks of 16 tokens, turns of chats.
  ServeGen,   ///< Curves of rates and lengths of clients: chunk-N-trace.csv and
              ///< chunk-N-dataset.json.
  Engine,     ///< What an engine records of each request, a line of JSON each.
  Benchmark,  ///< The result of vLLM's or SGLang's benchmark, one JSON object.
  Csv,        ///< Any table that names its columns in its first line.
  Jsonl       ///< Any objects of JSON, one a line, or in one list.
};
inline constexpr std::size_t kRequestLogFormats = 9;

/// What is known of all logs of a format.
struct LogFormatFacts {
  std::string_view name;           ///< For people: "azure".
  bool is_table = false;           ///< Cells under a header; else JSON.
  std::optional<TimeUnit> unit;    ///< Of times that are numbers and do not say.
  std::uint32_t block_tokens = 0;  ///< Of one block; 0: what fits the prompts.
};

const LogFormatFacts& facts_of(RequestLogFormat format);
/// "azure", "burstgpt", "mooncake", "qwen", "servegen", "engine", "benchmark", "csv", "jsonl".
std::vector<std::string> request_log_format_names();
std::optional<RequestLogFormat> request_log_format_named(std::string_view name);

/// Why a file is no log of requests: as it goes on after its name.
struct NoLog {
  std::string message, help;
};

/// The format of a log that begins with `head`, by what is in it. `head` is its first line at least
/// where that is no longer than a MiB, and is followed by LogLine::kPadding bytes that may be read.
std::variant<RequestLogFormat, NoLog> recognized_request_log(std::string_view head);

/// Why these first bytes are those of a binary file, or of a text without lines; nothing where they
/// are text.
std::optional<NoLog> binary_complaint(std::string_view head);

}  // namespace chokepoint

#include "tests/sim/logs/log_file.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace chokepoint {

namespace fs = std::filesystem;

LogFolder::LogFolder() {
  std::string pattern = (fs::temp_directory_path() / "chokepoint-logs-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
  path_ = pattern;
}

LogFolder::~LogFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path LogFolder::file(const std::string& name, const std::string& bytes) const {
  std::ofstream(path_ / name, std::ios::binary) << bytes;
  return path_ / name;
}

std::string ReadLogText::complaint() const {
  if (found.items().empty()) return {};
  const Diagnostic& first = found.items().front();
  return std::to_string(first.where.line) + ":" + std::to_string(first.where.column) + ": " +
         first.message;
}

std::string ReadLogText::help() const {
  return found.items().empty() ? "" : found.items().front().help;
}

ReadLogText read_log_file(const fs::path& path, const RequestLogOptions& options) {
  ReadLogText read;
  read.summary = check_request_log(path, options, read.found);
  if (!read.summary || read.summary->waits_for_ends) return read;
  const auto source = open_request_log(path, *read.summary, options);
  while (auto request = source->next()) read.requests.push_back(std::move(*request));
  return read;
}

ReadLogText read_log_text(const std::string& text, const RequestLogOptions& options) {
  const LogFolder folder;
  return read_log_file(folder.file("log", text), options);
}

const std::vector<SampleLog>& sample_logs() {
  static const std::vector<SampleLog> kSamples = {
      {RequestLogFormat::Azure,
       "TIMESTAMP,ContextTokens,GeneratedTokens\r\n"
       "2023-11-16 18:15:46.6805900,374,44\r\n"
       "2023-11-16 18:15:50.9951690,396,109\r\n"
       "2023-11-16 18:15:51.2224670,879,55\r\n"},
      {RequestLogFormat::Azure,
       "TIMESTAMP,ContextTokens,GeneratedTokens\n"
       "2024-05-10 00:00:00.009930+00:00,374,44\n"
       "2024-05-10 02:00:04.324509+02:00,396,109\n"
       "2024-05-10 00:00:04.551807+00:00,879,55\n"},
      {RequestLogFormat::BurstGpt,
       "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
       "5,ChatGPT,374,44,418,Conversation log\n"
       "9.314579,GPT-4,396,109,505,API log\n"
       "9.4,GPT-4,396,0,396,API log\n"
       "9.541877,ChatGPT,879,55,934,Conversation log\n"},
      {RequestLogFormat::Mooncake,
       "{\"timestamp\": 0, \"input_length\": 374, \"output_length\": 44, \"hash_ids\": [0]}\n"
       "{\"timestamp\": 4314.579, \"input_length\": 396, \"output_length\": 109, \"hash_ids\": "
       "[1]}\n"
       "{\"timestamp\": 4541.877, \"input_length\": 879, \"output_length\": 55, \"hash_ids\": [0, "
       "2]}\n"},
      {RequestLogFormat::Qwen,
       "{\"chat_id\": 7, \"parent_chat_id\": -1, \"timestamp\": 61.114, \"input_length\": 374, "
       "\"output_length\": 44, \"type\": \"text\", \"turn\": 1, \"hash_ids\": [1, 2, 3]}\n"
       "{\"chat_id\": 8, \"parent_chat_id\": -1, \"timestamp\": 65.428579, \"input_length\": 396, "
       "\"output_length\": 109, \"type\": \"text\", \"turn\": 1, \"hash_ids\": [1, 4]}\n"
       "{\"chat_id\": 9, \"parent_chat_id\": 7, \"timestamp\": 65.655877, \"input_length\": 879, "
       "\"output_length\": 55, \"type\": \"text\", \"turn\": 2, \"hash_ids\": [1, 2, 3, 5]}\n"},
      {RequestLogFormat::Engine,
       "{\"request_id\": \"a-0\", \"input_toks\": 374, \"output_toks\": 44, \"arrival_time\": "
       "1777142838.338653, \"queued_ts\": 479748.34, \"first_token_ts\": 479748.51}\n"
       "{\"request_id\": \"a-1\", \"input_toks\": 396, \"output_toks\": 109, \"arrival_time\": "
       "1777142842.653232, \"queued_ts\": 479752.66, \"first_token_ts\": 479752.72}\n"
       "{\"request_id\": \"a-2\", \"input_toks\": 879, \"output_toks\": 55, \"arrival_time\": "
       "1777142842.88053, \"queued_ts\": 479752.89, \"first_token_ts\": 479752.99}\n"},
      {RequestLogFormat::Csv,
       "id;arrival_ms;Prompt Tokens;completion-tokens;note\n"
       "1;1700000000000.5;374;44;\"a; \"\"b\"\"\nc\"\n"
       "2;1700000004315.079;396;109;\n"
       "3;1700000004542.377;879;55;x\n"},
      {RequestLogFormat::Jsonl,
       "[{\"created\": 1700000000, \"usage\": {\"prompt_tokens\": 374, \"completion_tokens\": "
       "44}},\n"
       " {\"created\": 1700000004.314579, \"usage\": {\"prompt_tokens\": 396.0,\n"
       "   \"completion_tokens\": 109}},\n"
       " {\"created\": 1700000004.541877, \"usage\": {\"prompt_tokens\": 879, "
       "\"completion_tokens\": 55}}]\n"}};
  return kSamples;
}

}  // namespace chokepoint

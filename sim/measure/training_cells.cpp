#include "sim/measure/training_cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <optional>

namespace chokepoint {
namespace {

// Columns of numbers, and what they may hold.
struct NumberColumn {
  std::string_view name;
  double least, most;
  bool is_whole = true;
};
constexpr double kMany = 1e6, kValues = 1e9;
constexpr NumberColumn kNumberColumns[] = {{"tp", 1, kMany},
                                           {"pp", 1, kMany},
                                           {"cp", 1, kMany},
                                           {"dp", 1, kMany},
                                           {"vpp", 1, kMany},
                                           {"ep", 1, kMany},
                                           {"chips", 1, 1e7},
                                           {"microbatch", 1, kMany},
                                           {"global_batch", 1, kValues},
                                           {"zero", 0, 3},
                                           {"zero_group", 0, kMany},
                                           {"seq_len", 1, kValues},
                                           {"layers", 1, kMany},
                                           {"hidden", 1, kValues},
                                           {"heads", 1, kMany},
                                           {"kv_heads", 1, kMany},
                                           {"ffn", 0, kValues},
                                           {"vocab", 1, kValues},
                                           {"head_dim", 1, kMany},
                                           {"moe_experts", 0, kMany},
                                           {"topk", 0, kMany},
                                           {"moe_ffn", 0, kValues},
                                           {"first_dense_layers", 0, kMany},
                                           {"mtp_layers", 0, kMany},
                                           {"sliding_window", 0, kValues},
                                           {"gated_mlp", 0, 1},
                                           {"flash_attention", 0, 1},
                                           {"sequence_parallel", 0, 1},
                                           {"tp_overlap", 0, 1},
                                           {"autocast", 0, 1},
                                           {"recompute_share", 0, 1, false},
                                           {"params_b", 0, 1e9, false},
                                           {"scaleout_gb_s", 0, 1e6, false}};

struct WordColumn {
  std::string_view name;
  std::initializer_list<std::string_view> words;
};

std::string written(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.15g", value);
  return text;
}

std::optional<double> whole_cell(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_read = error == std::errc{} && end == text.data() + text.size();
  return is_read && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string number_reason(const NumberColumn& column, std::string_view text) {
  const auto value = whole_cell(text);
  const std::string is = std::string(column.name) + " is '" + std::string(text) + "'";
  const std::string kind = column.is_whole ? "a whole number" : "a number";
  if (!value) {
    return is + ": give " + kind + " from " + written(column.least) + " to " + written(column.most);
  }
  double nearest = std::clamp(*value, column.least, column.most);
  if (column.is_whole) nearest = std::round(nearest);
  return nearest == *value ? "" : is + ": the nearest is " + written(nearest);
}

// The word that shares most letters at its beginning; the first where none does.
std::string_view nearest_word(const WordColumn& column, std::string_view text) {
  std::string_view best = *column.words.begin();
  std::size_t most = 0;
  for (const std::string_view word : column.words) {
    const auto same =
        static_cast<std::size_t>(std::ranges::mismatch(word, text).in1 - word.begin());
    if (same > most) most = same, best = word;
  }
  return best;
}

// A word may be followed by detail in brackets: "full(block 10)".
std::string word_reason(const WordColumn& column, std::string_view text) {
  const std::string_view word = text.substr(0, text.find('('));
  if (std::ranges::find(column.words, word) != column.words.end()) return "";
  return std::string(column.name) + " is '" + std::string(text) + "': the nearest is " +
         std::string(nearest_word(column, text));
}

}  // namespace

std::string training_cells_reason(const MeasuredRow& row) {
  static const WordColumn words[] = {{"recompute", {"none", "selective", "full"}},
                                     {"schedule", {"1f1b", "zero-bubble", "dualpipe"}},
                                     {"grad_dtype", {"fp32", "bf16", "fp16"}},
                                     {"moe_drop", {"dropless", "drop"}},
                                     {"mem_kind", {"reserved", "allocated"}},
                                     {"compile", {"compile", "eager"}}};
  for (const NumberColumn& column : kNumberColumns) {
    const auto text = cell(row, column.name);
    std::string reason = text.empty() ? "" : number_reason(column, text);
    if (!reason.empty()) return reason;
  }
  for (const WordColumn& column : words) {
    const auto text = cell(row, column.name);
    std::string reason = text.empty() ? "" : word_reason(column, text);
    if (!reason.empty()) return reason;
  }
  return "";
}

}  // namespace chokepoint

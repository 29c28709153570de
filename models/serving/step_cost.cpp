#include "models/serving/step_cost.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "models/performance/steady_state.hpp"

namespace chokepoint {
namespace {

constexpr std::int64_t kManySteps = std::int64_t{1} << 20;  // Twice their cube needs over 60 bits.

constexpr double kGridRatio = 1.189207115002721;  // 2^(1/4)
constexpr std::int64_t kGridStart = 16;
constexpr std::int64_t kGridEnd = std::int64_t{1} << 33;  // Beyond any prompt and answer.

// Contexts between which decoding counts as linear.
const std::vector<std::int64_t>& context_grid() {
  static const std::vector<std::int64_t> grid = [] {
    std::vector<std::int64_t> made = {0};
    for (double at = kGridStart; at < static_cast<double>(kGridEnd); at *= kGridRatio) {
      made.push_back(std::max(made.back() + 1, static_cast<std::int64_t>(at)));
    }
    return made;
  }();
  return grid;
}

// Contexts double every four cells from the second on, rounded down: the doubling before `context`
// is at most four cells away.
std::size_t cell_of(std::int64_t context) {
  const auto& grid = context_grid();
  assert(context >= 0 && context < grid.back());
  std::size_t cell = 0;
  if (context >= kGridStart) {
    const auto doublings = std::bit_width(static_cast<std::uint64_t>(context / kGridStart));
    cell = 1 + 4 * (static_cast<std::size_t>(doublings) - 1);
  }
  while (grid[cell + 1] <= context) ++cell;
  return cell;
}

}  // namespace

Ticks DecodeLine::held(std::int64_t steps, Subtokens cached, Subtokens growth) const {
  const Ticks k = steps, c = cached, g = growth;
  if (steps <= 1) return k * c * (base + per_subtoken * c);
  const Ticks sum = k * (k - 1) / 2;
  // Division of 128 bits is slow.
  const Ticks squares =
      steps < kManySteps ? Ticks{steps * (steps - 1) * (2 * steps - 1) / 6} : sum * (2 * k - 1) / 3;
  return base * (k * c + g * sum) + per_subtoken * (c * (k * c + 2 * g * sum) + g * g * squares);
}

std::int64_t DecodeLine::steps_before(Ticks end, std::int64_t most, Subtokens cached,
                                      Subtokens growth) const {
  std::int64_t before = 0, after = most + 1;
  while (after - before > 1) {
    const std::int64_t middle = before + (after - before) / 2;
    (time(middle, cached, growth) < end ? before : after) = middle;
  }
  return before;
}

StepCosts::StepCosts(const Replica& replica, double speculated, const StepPace& pace)
    : replica_(replica), speculated_(speculated), pace_(pace) {
  assert(pace.prefill > 0 && pace.decode > 0);
  const double accepted = accepted_tokens(replica.coefficients(), speculated);
  accepted_ = std::llround(accepted * static_cast<double>(kSubtokens));
}

Ticks StepCosts::decode_at(std::int64_t sequences, std::int64_t context) const {
  const auto b = static_cast<double>(sequences);
  IterationLoad load;
  load.sequences = b;
  load.decode_tokens = b * (1 + speculated_);
  load.decode_context = static_cast<double>(context);
  const double drafts = speculated_ > 0 ? replica_.coefficients().draft_cost : 1.0;
  return ticks_of(replica_.time(load).total() * (drafts / pace_.decode));
}

DecodeLine StepCosts::line(std::int64_t sequences, std::size_t cell) const {
  const std::int64_t from = context_grid()[cell], to = context_grid()[cell + 1];
  const Subtokens each = sequences * kSubtokens;
  const Ticks at_start = decode_at(sequences, from);
  const Ticks rise = std::max<Ticks>(decode_at(sequences, to) - at_start, 0);
  DecodeLine made;
  const Subtokens lowest = from * each, width = (to - from) * each;
  made.per_subtoken = static_cast<std::int64_t>((rise + width / 2) / width);
  made.base = at_start - static_cast<Ticks>(made.per_subtoken) * lowest;
  made.until = to * each;
  return made;
}

const DecodeLine& StepCosts::decode(std::int64_t sequences, Subtokens cached) {
  assert(sequences >= 1);
  const auto row = static_cast<std::size_t>(sequences);
  if (lines_.size() <= row) lines_.resize(row + 1);
  auto& cells = lines_[row];
  const std::size_t cell = cell_of(cached / (sequences * kSubtokens));
  if (cells.size() <= cell) cells.resize(cell + 1);
  if (cells[cell].until == 0) cells[cell] = line(sequences, cell);
  return cells[cell];
}

Ticks StepCosts::prompts_at(double prompts, double tokens, double span) const {
  IterationLoad load;
  load.sequences = prompts;
  load.prefill_tokens = tokens;
  load.prefill_span = span;
  return ticks_of(replica_.time(load).total() / pace_.prefill);
}

Ticks StepCosts::prefill(const PromptWork& work, bool some_decode) const {
  if (work.tokens == 0) return 0;
  const auto tokens = static_cast<double>(work.tokens);
  const double span = static_cast<double>(work.twice_attended) / (2 * tokens);
  const auto prompts = static_cast<double>(work.prompts);
  const double groups = replica_.plan().attention_dp;
  Ticks alone = 0;
  if (prompts >= groups) {
    alone = prompts_at(prompts, tokens, span);
  } else {
    const Ticks all = prompts_at(groups, tokens * groups / prompts, span);
    alone = scaled(all, prompts / groups);
  }
  return some_decode ? scaled(alone, replica_.coefficients().interference) : alone;
}

Ticks StepCosts::group_wait(const PromptWork& prompt) const {
  const int groups = replica_.plan().attention_dp;
  return groups <= 1 ? 0 : prefill(prompt, false) * (groups - 1);
}

}  // namespace chokepoint

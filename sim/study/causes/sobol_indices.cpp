#include "sim/study/causes/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "models/random.hpp"
#include "sim/sweep/draw_design.hpp"

namespace chokepoint {
namespace {

constexpr int kResampledRows = 200;

/// The numbers of one row, by block.
using DesignRow = std::vector<double>;

std::vector<DesignRow> whole_rows(std::size_t inputs, const std::map<int, double>& numbers) {
  std::map<std::size_t, DesignRow> rows;  // Draws rise, and blocks with them.
  for (const auto& [draw, number] : numbers) {
    if (draw > 0) rows[design_place(inputs, draw).row].push_back(number);
  }
  std::vector<DesignRow> whole;
  for (auto& [row, all] : rows) {
    if (all.size() == draws_to_row(inputs)) whole.push_back(std::move(all));
  }
  return whole;
}

struct Moments {
  double mean = 0.0, variance = 0.0;
};

/// Of both independent samples.
Moments moments_of(const std::vector<const DesignRow*>& rows) {
  Moments made;
  const double count = 2.0 * static_cast<double>(rows.size());
  for (const DesignRow* row : rows) made.mean += ((*row)[0] + (*row)[1]) / count;
  for (const DesignRow* row : rows) {
    made.variance +=
        (std::pow((*row)[0] - made.mean, 2) + std::pow((*row)[1] - made.mean, 2)) / count;
  }
  return made;
}

struct IndexPair {
  double alone = 0.0, in_all = 0.0;
};

/// Indices of every mixed block, in their order; empty where numbers do not scatter.
std::vector<IndexPair> indices_of(const std::vector<const DesignRow*>& rows) {
  const Moments moments = moments_of(rows);
  // What rounding makes of one number is no difference.
  if (moments.variance <= 1e-20 * moments.mean * moments.mean) return {};
  const double scale = 1.0 / (static_cast<double>(rows.size()) * moments.variance);
  std::vector<IndexPair> made(rows.front()->size() - 2);
  for (const DesignRow* row : rows) {
    const double of_a = (*row)[0], of_b = (*row)[1];
    for (std::size_t i = 0; i < made.size(); ++i) {
      const double change = (*row)[2 + i] - of_a;
      made[i].alone += scale * (of_b - moments.mean) * change;
      made[i].in_all += scale * 0.5 * change * change;
    }
  }
  return made;
}

/// Standard deviations of the indices over rows taken again.
std::vector<IndexPair> errors_of_indices(const std::vector<const DesignRow*>& rows,
                                         std::size_t count, std::uint64_t seed) {
  RandomStream random(seed, "sobol/errors");
  std::vector<IndexPair> sums(count), squares(count);
  double samples = 0.0;
  for (int i = 0; i < kResampledRows; ++i) {
    std::vector<const DesignRow*> again(rows.size());
    for (auto& row : again) {
      const auto at = static_cast<std::size_t>(random.uniform() * static_cast<double>(rows.size()));
      row = rows[std::min(at, rows.size() - 1)];
    }
    const auto indices = indices_of(again);
    if (indices.empty()) continue;
    samples += 1.0;
    for (std::size_t k = 0; k < count; ++k) {
      sums[k].alone += indices[k].alone, sums[k].in_all += indices[k].in_all;
      squares[k].alone += indices[k].alone * indices[k].alone;
      squares[k].in_all += indices[k].in_all * indices[k].in_all;
    }
  }
  const auto deviation = [&](double sum, double square) {
    if (samples < 2.0) return 0.0;
    return std::sqrt(std::max(0.0, (square - sum * sum / samples) / (samples - 1.0)));
  };
  std::vector<IndexPair> made(count);
  for (std::size_t k = 0; k < count; ++k) {
    made[k] = {deviation(sums[k].alone, squares[k].alone),
               deviation(sums[k].in_all, squares[k].in_all)};
  }
  return made;
}

}  // namespace

std::optional<SobolIndices> sobol_indices(const std::vector<std::string>& inputs,
                                          const std::map<int, double>& number_of_draw,
                                          std::uint64_t seed) {
  const auto whole = whole_rows(inputs.size(), number_of_draw);
  if (whole.size() < kLeastRows) return std::nullopt;
  std::vector<const DesignRow*> rows;
  rows.reserve(whole.size());
  for (const DesignRow& row : whole) rows.push_back(&row);
  const auto indices = indices_of(rows);
  if (indices.empty()) return std::nullopt;
  const auto errors = errors_of_indices(rows, indices.size(), seed);
  SobolIndices made;
  made.rows = rows.size();
  made.deviation = std::sqrt(moments_of(rows).variance);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    made.ranked.push_back({i < inputs.size() ? inputs[i] : kOtherInputs, indices[i].alone,
                           errors[i].alone, indices[i].in_all, errors[i].in_all});
  }
  std::ranges::stable_sort(made.ranked, std::greater<>{}, &SobolIndex::in_all);
  return made;
}

}  // namespace chokepoint

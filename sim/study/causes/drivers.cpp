#include "sim/study/causes/drivers.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

#include "models/random.hpp"

namespace chokepoint {

namespace {

constexpr int kPermutations = 400, kResamples = 200;

/// Numbers less their mean, over the root of the sum of their squares: a correlation is the sum of
/// products of two such lists. Empty where all are alike.
using Standardized = std::vector<double>;

Standardized standardized(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  Standardized all(values.size());
  double squares = 0.0, size = std::abs(mean);
  for (std::size_t i = 0; i < values.size(); ++i) {
    all[i] = values[i] - mean;
    squares += all[i] * all[i];
    size = std::max(size, std::abs(values[i]));
  }
  // What rounding makes of one number is no difference.
  if (squares <= 1e-20 * size * size * n) return {};
  for (double& one : all) one /= std::sqrt(squares);
  return all;
}

double correlation(const Standardized& a, const Standardized& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Of the share of variance that a straight line explains, what is not expected of an input that
/// does nothing.
double beyond_chance(double squared_correlation, std::size_t draws) {
  const auto n = static_cast<double>(draws);
  return 1.0 - (1.0 - squared_correlation) * (n - 1.0) / (n - 2.0);
}

/// Inputs as columns: one value for each draw.
struct InputColumn {
  std::string path;
  std::vector<double> values;
  Standardized shape;
};

std::vector<InputColumn> columns_of_inputs(const std::vector<InputsOfDraw>& inputs) {
  std::map<std::string, std::vector<double>> by_path;
  for (std::size_t draw = 0; draw < inputs.size(); ++draw) {
    for (const auto& [path, z] : inputs[draw]) {
      auto& values = by_path[path];
      values.resize(inputs.size(), 0.0);
      values[draw] = z;
    }
  }
  std::vector<InputColumn> columns;
  for (auto& [path, values] : by_path) {
    Standardized shape = standardized(values);
    if (!shape.empty()) columns.push_back({path, std::move(values), std::move(shape)});
  }
  return columns;
}

double strongest(const std::vector<InputColumn>& columns, const Standardized& numbers) {
  double greatest = 0.0;
  for (const InputColumn& column : columns) {
    const double r = correlation(column.shape, numbers);
    greatest = std::max(greatest, r * r);
  }
  return greatest;
}

std::size_t below(RandomStream& random, std::size_t count) {
  return std::min(count - 1, static_cast<std::size_t>(random.uniform() * double(count)));
}

/// The strongest squared correlations where numbers are dealt out to other draws; rising.
std::vector<double> strongest_by_chance(const std::vector<InputColumn>& columns,
                                        Standardized numbers, std::uint64_t seed) {
  RandomStream random(seed, "drivers/chance");
  std::vector<double> all;
  for (int i = 0; i < kPermutations; ++i) {
    for (std::size_t k = numbers.size(); k > 1; --k) {
      std::swap(numbers[k - 1], numbers[below(random, k)]);
    }
    all.push_back(strongest(columns, numbers));
  }
  std::ranges::sort(all);
  return all;
}

/// Standard deviation of the index over draws taken again.
double error_of(const InputColumn& column, const std::vector<double>& numbers, std::uint64_t seed) {
  RandomStream random(seed, "drivers/error/" + column.path);
  std::vector<double> x(numbers.size()), y(numbers.size()), indices;
  for (int i = 0; i < kResamples; ++i) {
    for (std::size_t k = 0; k < numbers.size(); ++k) {
      const std::size_t from = below(random, numbers.size());
      x[k] = column.values[from];
      y[k] = numbers[from];
    }
    const Standardized of_x = standardized(x), of_y = standardized(y);
    if (of_x.empty() || of_y.empty()) continue;
    const double r = correlation(of_x, of_y);
    indices.push_back(r * r);
  }
  if (indices.size() < 2) return 0.0;
  const auto n = static_cast<double>(indices.size());
  const double mean = std::accumulate(indices.begin(), indices.end(), 0.0) / n;
  double squares = 0.0;
  for (const double index : indices) squares += (index - mean) * (index - mean);
  return std::sqrt(squares / (n - 1.0));
}

double deviation_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / (n - 1.0));
}

}  // namespace

std::optional<Drivers> drivers_of(const std::vector<InputsOfDraw>& inputs,
                                  const std::vector<double>& numbers, std::size_t most,
                                  std::uint64_t seed) {
  assert(inputs.size() == numbers.size());
  if (numbers.size() < kLeastDrawsToRank) return std::nullopt;
  const Standardized shape = standardized(numbers);
  const auto columns = columns_of_inputs(inputs);
  if (shape.empty() || columns.empty()) return std::nullopt;
  std::vector<std::pair<double, const InputColumn*>> sized;  // By correlation.
  for (const InputColumn& column : columns) {
    sized.emplace_back(correlation(column.shape, shape), &column);
  }
  std::ranges::stable_sort(
      sized, [](const auto& a, const auto& b) { return a.first * a.first > b.first * b.first; });
  const auto by_chance = strongest_by_chance(columns, shape, seed);
  Drivers found;
  found.inputs = columns.size();
  found.draws = numbers.size();
  found.deviation = deviation_of(numbers);
  for (const auto& [r, column] : sized) {
    Driver driver;
    driver.path = column->path;
    driver.first_order = beyond_chance(r * r, numbers.size());
    const auto as_strong = by_chance.end() - std::ranges::lower_bound(by_chance, r * r);
    driver.chance = (1.0 + double(as_strong)) / (1.0 + double(by_chance.size()));
    if (driver.chance <= kDriverChance) found.explained += driver.first_order;
    if (found.ranked.size() == most) {
      if (driver.chance > kDriverChance) break;
      continue;
    }
    driver.standard_error = error_of(*column, numbers, seed);
    driver.per_deviation = r * found.deviation;
    found.ranked.push_back(std::move(driver));
  }
  return found;
}

}  // namespace chokepoint

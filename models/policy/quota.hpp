#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// What a quota counts.
enum class Measure { Units, Tpp };
/// How often it begins anew.
enum class Renewal { Never, Yearly };

/// What may move under a rule or an exception in all: a bucket of tokens for each combination of
/// what `per_*` names.
struct Quota {
  std::string name;
  std::optional<RuleId> rule;            ///< That it belongs to,
  std::optional<ExceptionId> exception;  ///< or this.
  Measure measure = Measure::Units;
  Sourced<double> amount;               ///< Tokens at the start, and at each renewal.
  Sourced<double> share_of_home_sales;  ///< Tokens per unit of the measure sold at home.
  bool per_product = false, per_country = false, per_consignee = false;
  Renewal renewal = Renewal::Never;
};

/// What wants to draw from a quota.
struct QuotaRequest {
  std::optional<DeviceId> product;
  Country destination;
  std::optional<OrgId> consignee;  ///< Ultimate parent of the buyer.
  double tpp = 0.0;                ///< Of one package.
  /// Sold at home since the quota began, or began anew: of the product, or, where the quota counts
  /// all products together, what that comes to in packages of this one.
  double home_units = 0.0;
};

/// Keeps what has been drawn from every bucket. A bucket never falls below zero, and what has been
/// drawn is drawn once, whoever asks and in whatever order.
class QuotaLedger {
public:
  explicit QuotaLedger(const std::vector<Quota>& quotas) : quotas_(&quotas) {}

  /// Whole packages that quota `id` still lets through on `date`. Requires: dates do not decrease
  /// between calls for one bucket.
  double available(QuotaId id, const QuotaRequest& request, Date date) const;

  /// True where both requests draw from one bucket of quota `id` on `date`.
  bool is_one_bucket(QuotaId id, const QuotaRequest& a, const QuotaRequest& b, Date date) const;

  /// Draws `packages` from all of `quotas`. Requires: each has them available.
  void draw(const std::vector<QuotaId>& quotas, const QuotaRequest& request, Date date,
            double packages);

private:
  struct Key {
    QuotaId quota;
    std::optional<DeviceId> product;
    std::optional<Country> country;
    std::optional<OrgId> consignee;
    int year = 0;  // 0 where it does not renew.
    auto operator<=>(const Key&) const = default;
  };

  Key key_of(QuotaId id, const QuotaRequest& request, Date date) const;

  const std::vector<Quota>* quotas_;
  std::map<Key, double> drawn_;  // Tokens.
};

}  // namespace chokepoint

#include "models/policy/reasoning.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

using Kind = Reason::Kind;

void add_flag(std::vector<Reason>& out, Kind kind, const Predicate& p,
              const std::optional<bool>& wanted, const std::optional<bool>& actual) {
  if (!wanted) return;
  Reason reason;
  reason.kind = kind;
  reason.predicate = &p;
  reason.known = actual.has_value();
  reason.holds = wanted == actual;
  out.push_back(reason);
}

void add_list(std::vector<Reason>& out, Kind kind, const Predicate& p, bool is_written,
              const Predicate& condition, const Item& item, bool known) {
  if (!is_written) return;
  Reason reason;
  reason.kind = kind;
  reason.predicate = &p;
  reason.known = known;
  reason.holds = matches(condition, item);
  out.push_back(reason);
}

void add_lists(std::vector<Reason>& out, const Predicate& p, const Item& item) {
  Predicate named, headquarters, vendors, sold, types;
  named.devices = p.devices;
  named.items = p.items;
  headquarters.vendor_headquarters = p.vendor_headquarters;
  vendors.vendors = p.vendors;
  sold.sold_in = p.sold_in;
  types.types = p.types;
  add_list(out, Kind::Named, p, !p.devices.empty() || !p.items.empty(), named, item, true);
  add_list(out, Kind::VendorHeadquarters, p, !p.vendor_headquarters.empty(), headquarters, item,
           true);
  add_list(out, Kind::Vendor, p, !p.vendors.empty(), vendors, item, item.vendor.has_value());
  add_list(out, Kind::SoldIn, p, !p.sold_in.empty(), sold, item, !item.sold_in.empty());
  add_list(out, Kind::Type, p, !p.types.empty(), types, item, !item.types.empty());
}

// A branch as one reason, its own conditions below it.
Reason branch_reason(const Predicate& branch, const Item& item) {
  Reason reason;
  reason.predicate = &branch;
  reason.branches = reasons(branch, item);
  reason.holds = std::all_of(reason.branches.begin(), reason.branches.end(),
                             [](const Reason& r) { return r.holds; });
  return reason;
}

void add_branches(std::vector<Reason>& out, Kind kind, const Predicate& p,
                  const std::vector<Predicate>& branches, const Item& item) {
  if (branches.empty()) return;
  Reason reason;
  reason.kind = kind;
  reason.predicate = &p;
  for (const Predicate& branch : branches) reason.branches.push_back(branch_reason(branch, item));
  const bool any = std::any_of(reason.branches.begin(), reason.branches.end(),
                               [](const Reason& r) { return r.holds; });
  reason.holds = kind == Kind::AnyOf ? any : !any;
  out.push_back(reason);
}

}  // namespace

std::vector<Reason> reasons(const Predicate& predicate, const Item& item) {
  std::vector<Reason> out;
  add_flag(out, Kind::Datacenter, predicate, predicate.designed_for_datacenter,
           item.designed_for_datacenter);
  add_flag(out, Kind::Nonplanar, predicate, predicate.nonplanar, item.nonplanar);
  add_flag(out, Kind::HasHbm, predicate, predicate.has_hbm, item.has_hbm);
  for (const Bound& bound : predicate.bounds) {
    Reason reason;
    reason.kind = Kind::Bound;
    reason.predicate = &predicate;
    reason.bound = bound;
    reason.value = value_of(bound.attribute, item);
    reason.known = reason.value.has_value();
    reason.holds = holds(bound, item);
    out.push_back(reason);
  }
  add_lists(out, predicate, item);
  for (const Predicate& branch : predicate.all_of) out.push_back(branch_reason(branch, item));
  add_branches(out, Kind::AnyOf, predicate, predicate.any_of, item);
  add_branches(out, Kind::NoneOf, predicate, predicate.none_of, item);
  return out;
}

}  // namespace chokepoint

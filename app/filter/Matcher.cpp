// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Matcher.h"

#include "event/Json.h"
#include "event/Text.h"
#include "filter/Leaf.h"
#include "filter/Relaxation.h"
#include "filter/Tree.h"
#include "filter/Words.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace octotrail::filter {

namespace {

/// What is being judged: an event, one of its targets, or some JSON object.
class Subject
{
public:
    explicit Subject(const event::LogEvent &whole)
        : json(whole.bytes())
        , logEvent(&whole)
    { }
    explicit Subject(const event::LogEvent::Target &element)
        : target(&element)
    { }
    explicit Subject(std::string_view object)
        : json(object)
    { }

    /// The event's targets, read once; none of other subjects.
    const std::vector<event::LogEvent::Target> &targets() const
    {
        if (!m_targets) {
            m_targets = logEvent ? logEvent->targets() : std::vector<event::LogEvent::Target>();
        }
        return *m_targets;
    }

    const std::string_view json;
    const event::LogEvent *const logEvent = nullptr;
    const event::LogEvent::Target *const target = nullptr;

private:
    mutable std::optional<std::vector<event::LogEvent::Target>> m_targets;
};

const std::optional<std::string_view> &memberOf(const event::LogEvent::Target &target, std::size_t member)
{
    switch (member) {
    case 0:
        return target.id;
    case 1:
        return target.type;
    case 2:
        return target.alternateId;
    default:
        return target.displayName;
    }
}
static_assert(event::targetMembers == std::array<std::string_view, 4>{"id", "type", "alternateId", "displayName"});

/// Roughly how long it takes: terms of a junction are asked in this order.
enum Cost { Free, Column, List, Bytes };

class Condition
{
public:
    explicit Condition(Cost cost)
        : m_cost(cost)
    { }
    virtual ~Condition() = default;
    Condition(const Condition &) = delete;
    Condition &operator=(const Condition &) = delete;

    virtual bool matches(const Subject &subject) const = 0;
    Cost cost() const { return m_cost; }

private:
    Cost m_cost;
};
using ConditionPtr = std::unique_ptr<const Condition>;

/// What tree::timePartNames names.
int partOf(event::Timestamp time, std::size_t part)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    switch (part) {
    case 0:
        return static_cast<int>(clock.minutes().count());
    case 1:
        return static_cast<int>(clock.hours().count());
    case 2:
        return static_cast<int>(static_cast<unsigned>(date.day()));
    case 3: {
        // The week is that of its Thursday.
        const auto thursday = day + std::chrono::days(4 - static_cast<int>(std::chrono::weekday(day).iso_encoding()));
        const std::chrono::sys_days first = std::chrono::year_month_day(thursday).year() / std::chrono::January / 1;
        return static_cast<int>((thursday - first).count() / 7) + 1;
    }
    case 4:
        return static_cast<int>(static_cast<unsigned>(date.month()));
    default:
        return static_cast<int>(date.year());
    }
}

Cost costOf(const Leaf &leaf)
{
    switch (leaf.source) {
    case Leaf::Source::Field:
        return Column;
    case Leaf::Source::TargetMember:
    case Leaf::Source::DebugData:
    case Leaf::Source::Profile:
        return List;
    case Leaf::Source::Json:
    case Leaf::Source::Anywhere:
        break;
    }
    return Bytes;
}

/// Finds the values that a leaf's path names.
class Values
{
public:
    explicit Values(const Leaf &leaf, ProfileIndexPtr profiles = nullptr)
        : m_leaf(leaf)
        , m_profiles(std::move(profiles))
        , m_keyPart(event::foldCase(plainPart(lastName(leaf))))
    { }

    /// Gives the values until consume returns false.
    template <class Consume>
    void visit(const Subject &subject, const Consume &consume) const
    {
        using Source = Leaf::Source;
        if (m_leaf.source == Source::Field && subject.logEvent) {
            visitField(*subject.logEvent, consume);
        } else if (m_leaf.source == Source::TargetMember && subject.target) {
            if (const auto &text = memberOf(*subject.target, m_leaf.member)) {
                consume(*text);
            }
        } else if (m_leaf.source == Source::TargetMember && subject.logEvent) {
            for (const auto &target : subject.targets()) {
                if (const auto &text = memberOf(target, m_leaf.member); text && !consume(*text)) {
                    return;
                }
            }
        } else if (m_leaf.source == Source::DebugData && subject.logEvent) {
            const auto entries = subject.logEvent->debugData();
            const auto entry = std::ranges::find(entries, m_leaf.key, [](const auto &e) { return e.first; });
            if (entry != entries.end()) {
                consume(entry->second);
            }
        } else if (m_leaf.source == Source::Profile) {
            visitProfiles(subject, consume);
        } else if (m_leaf.source == Source::Anywhere) {
            event::visitTexts(subject.json, consume);
        } else if (mayHaveKey(subject.json)) {
            const auto give = [&](std::string_view value, event::JsonKind) { return consume(value); };
            if (m_leaf.isInAnyCase) {
                event::visitValuesInAnyCase(subject.json, m_leaf.path, give);
            } else {
                event::visitValues(subject.json, m_leaf.path, give);
            }
        }
    }

private:
    template <class Consume>
    void visitField(const event::LogEvent &event, const Consume &consume) const
    {
        if (m_leaf.timePart) {
            if (const auto published = event.published()) {
                consume(std::to_string(partOf(*published, *m_leaf.timePart)));
            }
        } else if (const auto text = event.text(m_leaf.field)) {
            consume(*text);
        }
    }

    template <class Consume>
    void visitProfiles(const Subject &subject, const Consume &consume) const
    {
        if (!m_profiles) {
            return;
        }
        bool goesOn = true;
        const auto visitOne = [&](std::string_view id) {
            event::visitValues(m_profiles->find(id), m_leaf.path,
                [&](std::string_view value, event::JsonKind) { return goesOn = consume(value); });
            return goesOn;
        };
        if (m_leaf.profileOf != ProfilePath::Of::Target) {
            if (const auto id = subject.logEvent ? subject.logEvent->text(m_leaf.field) : std::nullopt) {
                visitOne(*id);
            }
        } else if (subject.target) {
            if (subject.target->id) {
                visitOne(*subject.target->id);
            }
        } else if (subject.logEvent) {
            for (const auto &target : subject.targets()) {
                if (target.id && !visitOne(*target.id)) {
                    return;
                }
            }
        } else {
            static const event::FieldPath id("id");
            event::visitValues(
                subject.json, id, [&](std::string_view value, event::JsonKind) { return visitOne(value); });
        }
    }

    /// Most events do not have most keys: that is seen without reading them.
    bool mayHaveKey(std::string_view json) const { return m_keyPart.isInBytes(json) || hasHiddenLetters(json); }

    static std::string_view lastName(const Leaf &leaf)
    {
        return leaf.path.isValid() ? std::string_view(leaf.path.segments().back()) : std::string_view();
    }

    const Leaf &m_leaf;
    ProfileIndexPtr m_profiles;
    FoldedSearch m_keyPart; ///< regards no case, which lets a few more through
};

class LeafCondition : public Condition
{
public:
    LeafCondition(Leaf leaf, ProfileIndexPtr profiles)
        : Condition(costOf(leaf))
        , m_leaf(std::move(leaf))
        , m_values(m_leaf, std::move(profiles))
    { }

    bool matches(const Subject &subject) const override
    {
        bool isPassed = false;
        bool isEmpty = true;
        m_values.visit(subject, [&](std::string_view value) {
            isEmpty = isEmpty && value.empty();
            isPassed = m_leaf.passes(value);
            return !isPassed && (isEmpty || !m_leaf.tests.empty());
        });
        return (isPassed || (m_leaf.orEmpty && isEmpty)) != m_leaf.isNegated;
    }

private:
    const Leaf m_leaf;
    const Values m_values;
};

/// path op field(other).
class PairCondition : public Condition
{
public:
    PairCondition(Leaf leaf, const ProfileIndexPtr &profiles)
        : Condition(std::max(costOf(leaf), costOf(*leaf.other)))
        , m_leaf(std::move(leaf))
        , m_values(m_leaf, profiles)
        , m_otherValues(*m_leaf.other, profiles)
    { }

    bool matches(const Subject &subject) const override
    {
        std::vector<std::string> others;
        m_otherValues.visit(subject, [&](std::string_view value) {
            others.emplace_back(value);
            return true;
        });
        bool isPassed = false;
        if (!others.empty()) {
            m_values.visit(subject, [&](std::string_view value) {
                isPassed = std::ranges::any_of(
                    others, [&](const std::string &other) { return m_leaf.pairTest.passes(value, other); });
                return !isPassed;
            });
        }
        return isPassed != m_leaf.isNegated;
    }

private:
    const Leaf m_leaf;
    const Values m_values;
    const Values m_otherValues;
};

class JunctionCondition : public Condition
{
public:
    /// All of the terms, or one of them.
    JunctionCondition(std::vector<ConditionPtr> terms, bool isAll)
        : Condition(costOfAll(terms))
        , m_terms(std::move(terms))
        , m_isAll(isAll)
    {
        std::ranges::stable_sort(m_terms, {}, [](const ConditionPtr &term) { return term->cost(); });
    }

    bool matches(const Subject &subject) const override
    {
        const bool isDecided
            = std::ranges::any_of(m_terms, [&](const ConditionPtr &term) { return term->matches(subject) != m_isAll; });
        return isDecided != m_isAll;
    }

private:
    static Cost costOfAll(const std::vector<ConditionPtr> &terms)
    {
        Cost highest = Free;
        for (const ConditionPtr &term : terms) {
            highest = std::max(highest, term->cost());
        }
        return highest;
    }

    std::vector<ConditionPtr> m_terms;
    bool m_isAll;
};

class NotCondition : public Condition
{
public:
    explicit NotCondition(ConditionPtr term)
        : Condition(term->cost())
        , m_term(std::move(term))
    { }

    bool matches(const Subject &subject) const override { return !m_term->matches(subject); }

private:
    ConditionPtr m_term;
};

/// path[...] of objects that are read from the bytes.
class ObjectCondition : public Condition
{
public:
    ObjectCondition(event::FieldPath path, ConditionPtr inner)
        : Condition(Bytes)
        , m_path(std::move(path))
        , m_inner(std::move(inner))
    { }

    bool matches(const Subject &subject) const override
    {
        bool isMatched = false;
        event::visitObjects(subject.json, m_path, [&](std::string_view object) {
            isMatched = m_inner->matches(Subject(object));
            return !isMatched;
        });
        return isMatched;
    }

private:
    event::FieldPath m_path;
    ConditionPtr m_inner;
};

/// target[...]. What the columns have of targets decides first, and alone if they have all that is asked for: so the
/// store, which can only ask those, never misses an event that matches here, however oddly its targets are written.
class TargetCondition : public Condition
{
public:
    TargetCondition(ConditionPtr inColumns, std::unique_ptr<const ObjectCondition> inBytes, bool isExact)
        : Condition(isExact ? List : Bytes)
        , m_inColumns(std::move(inColumns))
        , m_inBytes(std::move(inBytes))
        , m_isExact(isExact)
    { }

    bool matches(const Subject &subject) const override
    {
        if (!subject.logEvent) {
            return m_inBytes->matches(subject);
        }
        if (m_inColumns && std::ranges::none_of(subject.targets(), [this](const auto &target) {
                return m_inColumns->matches(Subject(target));
            })) {
            return false;
        }
        return m_isExact || m_inBytes->matches(subject);
    }

private:
    ConditionPtr m_inColumns; ///< null: they have nothing of it
    std::unique_ptr<const ObjectCondition> m_inBytes;
    bool m_isExact;
};

/// Makes conditions of a tree.
class Compiler
{
public:
    explicit Compiler(ProfileIndexPtr profiles)
        : m_profiles(std::move(profiles))
    { }

    ConditionPtr compile(const NodePtr &node, Scope scope) const
    {
        if (const auto *comparison = std::get_if<Comparison>(&node->value)) {
            Leaf leaf = makeLeaf(*comparison, scope);
            if (leaf.other) {
                return std::make_unique<PairCondition>(std::move(leaf), m_profiles);
            }
            return std::make_unique<LeafCondition>(std::move(leaf), m_profiles);
        }
        if (const auto *element = std::get_if<ElementMatch>(&node->value)) {
            return compileElement(*element, scope);
        }
        if (const auto *negation = std::get_if<Not>(&node->value)) {
            return std::make_unique<NotCondition>(compile(negation->term, scope));
        }
        if (const auto *all = std::get_if<And>(&node->value)) {
            return compileTerms(all->terms, scope, true);
        }
        return compileTerms(std::get<Or>(node->value).terms, scope, false);
    }

private:
    ConditionPtr compileTerms(const std::vector<NodePtr> &terms, Scope scope, bool isAll) const
    {
        std::vector<ConditionPtr> compiled;
        compiled.reserve(terms.size());
        for (const NodePtr &term : terms) {
            compiled.push_back(compile(term, scope));
        }
        return std::make_unique<JunctionCondition>(std::move(compiled), isAll);
    }

    ConditionPtr compileElement(const ElementMatch &element, Scope scope) const
    {
        const Scope inside = elementScope(element.path, scope);
        auto inBytes = std::make_unique<ObjectCondition>(element.path, compile(element.inner, inside));
        if (inside != Scope::Target) {
            return inBytes;
        }
        const Relaxation relaxed = relax(element.inner, inside);
        return std::make_unique<TargetCondition>(
            relaxed.node ? compile(relaxed.node, inside) : nullptr, std::move(inBytes), relaxed.isExact);
    }

    ProfileIndexPtr m_profiles;
};

} // namespace

struct Matcher::Compiled
{
    ConditionPtr condition; ///< null: matches all
    Words words;
};

Matcher::Matcher(const Expression &expression, const std::vector<std::string> &words, ProfileIndexPtr profiles)
{
    const Compiler compiler(std::move(profiles));
    m_compiled = std::make_shared<const Compiled>(
        Compiled{expression.root() ? compiler.compile(expression.root(), Scope::Event) : nullptr, Words(words)});
}

bool Matcher::matches(const event::LogEvent &event) const
{
    return (!m_compiled->condition || m_compiled->condition->matches(Subject(event)))
        && (m_compiled->words.areEmpty() || m_compiled->words.areIn(event.bytes()));
}

bool Matcher::matchesJson(std::string_view json) const
{
    return (!m_compiled->condition || m_compiled->condition->matches(Subject(json)))
        && (m_compiled->words.areEmpty() || m_compiled->words.areIn(json));
}

} // namespace octotrail::filter

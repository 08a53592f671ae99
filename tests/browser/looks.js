// Lets axe judge what looks the same once. To see what lies under every text anew is most of its
// work, and the pages of a site are set in the same few dozen colours.
//
// The look of a text is everything that its contrast follows from: its letters, and what its
// ancestors paint behind it. Who has another thing painted over or under it, or stands outside of
// what an ancestor paints, or is not in sight, has no look here: axe judges it every time.
//
// `axe.looks.fine` are the looks that passed; a look that failed, or that axe could not judge, is
// asked about again wherever it is met.
(() => {
    const looks = axe.looks = {fine: new Set(), found: new Set()};
    const CLEAR = "rgba(0, 0, 0, 0)", PICTURES = "img, svg, canvas, video, iframe, object, embed";
    let styles, painters, known;

    const forget = () => { styles = new Map(); known = new Map(); painters = undefined; };
    forget();

    // What an element adds to what is seen: undefined for the many that add nothing.
    function layer(element) {
        if (!styles.has(element)) {
            const style = getComputedStyle(element);
            const paints = style.backgroundColor !== CLEAR || style.backgroundImage !== "none";
            const alters = style.opacity !== "1" || style.filter !== "none" ||
                style.mixBlendMode !== "normal" || style.backdropFilter !== "none" ||
                style.clipPath !== "none" || style.maskImage !== "none" ||
                style.zIndex !== "auto";
            styles.set(element, paints || alters ? {paints, said: [
                style.backgroundColor, style.backgroundImage, style.backgroundClip, style.opacity,
                style.filter, style.mixBlendMode, style.backdropFilter, style.clipPath,
                style.maskImage, style.zIndex,
            ].join(" ")} : undefined);
        }
        return styles.get(element);
    }

    // What covers a part of the window; the body covers it whole.
    function allPainters() {
        return [...document.body.querySelectorAll("*")].filter(
            element => layer(element)?.paints || element.matches(PICTURES)
        ).map(element => ({element, box: element.getBoundingClientRect()}));
    }

    // Where the letters stand that are an element's own; of a field, the field.
    function lettersOf(element) {
        const boxes = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE)
            .flatMap(node => {
                const range = document.createRange();
                range.selectNodeContents(node);
                return [...range.getClientRects()];
            });
        return boxes.length ? boxes : [element.getBoundingClientRect()];
    }

    const meets = (one, other) => one.left < other.right && other.left < one.right &&
        one.top < other.bottom && other.top < one.bottom;
    const holds = (outer, inner) => outer.left <= inner.left + 1 && outer.top <= inner.top + 1 &&
        outer.right >= inner.right - 1 && outer.bottom >= inner.bottom - 1;

    function lookOf(element) {
        if (element.closest("svg") || !axe.commons.dom.isVisibleOnScreen(element)) return null;
        painters ??= allPainters();
        const letters = lettersOf(element), style = getComputedStyle(element), said = [
            style.color, style.webkitTextFillColor, style.webkitTextStroke, style.textShadow,
            style.fontSize, style.fontWeight,
        ];
        for (const {element: painter, box} of painters) {
            if (painter.contains(element)
                ? !letters.every(one => holds(box, one)) : letters.some(one => meets(box, one))) {
                return null;
            }
        }
        for (let one = element; one; one = one.parentElement) {
            if (layer(one)) said.push(layer(one).said);
        }
        return said.join("; ");
    }

    const rule = axe._audit.rules.find(({id}) => id === "color-contrast"), {matches} = rule;
    rule.matches = function (element, ...more) {
        if (!known.has(element)) known.set(element, lookOf(element));
        return !looks.fine.has(known.get(element)) && matches.call(this, element, ...more);
    };

    const check = axe._audit.checks["color-contrast"], {evaluate} = check;
    check.evaluate = function (element, ...more) {
        const answer = evaluate.call(this, element, ...more), look = known.get(element);
        if (answer === true && look) looks.found.add(look);
        return answer;
    };

    // A link in a text differs from it by its line or by its colour: the line is seen at once, so
    // only where there is none the colours are compared.
    const {evaluate: differsInColour} = axe._audit.checks["link-in-text-block"];
    const {evaluate: differsInStyle} = axe._audit.checks["link-in-text-block-style"];
    axe._audit.checks["link-in-text-block"].evaluate = function (...of) {
        return differsInStyle.apply(this, of) === true || differsInColour.apply(this, of);
    };

    // Looks at the page as it is now.
    looks.run = async (options, fine) => {
        forget();
        looks.fine = new Set(fine);
        looks.found = new Set();
        const {violations} = await axe.run({...options, resultTypes: ["violations"]});
        return {violations, found: [...looks.found]};
    };
})();
